package dev.taxon.training.data.validation;

import dev.taxon.training.data.DataRow;
import dev.taxon.training.data.PlainText;
import java.util.stream.Stream;

/** Texts must have something in them, and not be a library. */
final class TextCheck implements RowCheck {
    /** What a request may bring, too. */
    static final int LONGEST = 1_000_000;

    private final Tally blank = new Tally(FindingKind.BLANK_TEXT);
    private final Tally tooLong = new Tally(FindingKind.LONG_TEXT);

    static boolean isUsable(String text) {
        return text.length() <= LONGEST && !PlainText.isBlank(text);
    }

    @Override
    public boolean accepts(DataRow.Labelled row, int part, Occurrence where) {
        if (isUsable(row.text())) {
            return true;
        }
        if (row.text().length() > LONGEST) {
            tooLong.add(
                    where.remarking(Words.of("has %,d characters", row.text().length())));
        } else {
            blank.add(where);
        }
        return false;
    }

    @Override
    public Stream<Finding> findings() {
        return Stream.concat(
                blank.finding(
                        "A text is empty or blank; fill it in or remove the row.",
                        "%d texts are empty or blank; fill them in or remove the rows."),
                tooLong.finding(
                        "A text is longer than 1,000,000 characters; cut it or remove the row.",
                        "%d texts are longer than 1,000,000 characters; cut them or remove the rows."));
    }
}
