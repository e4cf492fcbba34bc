package dev.taxon.training.data.validation;

import dev.taxon.training.data.DataRow;
import java.util.List;
import java.util.stream.Stream;

/**
 * Texts that come again, whatever their case, spacing and Unicode form: with the same labels, with others, or in another
 * part. Texts are known by fingerprints, so memory is 36 to 72 bytes for each that is different.
 */
final class RepeatCheck implements RowCheck {
    /** Memory of at most 1.3 GB while the table grows. */
    static final int MOST_TEXTS = 20_000_000;

    private final List<DataPart> parts;
    private final SeenTexts seen;
    private final Fingerprint fingerprint = new Fingerprint();
    private final Tally duplicates = new Tally(FindingKind.DUPLICATE);
    private final Tally contradictions = new Tally(FindingKind.CONTRADICTION);
    private final Tally leaks = new Tally(FindingKind.LEAK);
    private final Tally uncompared = new Tally(FindingKind.UNCOMPARED_TEXT);

    RepeatCheck(List<DataPart> parts, int mostTexts) {
        this.parts = List.copyOf(parts);
        this.seen = new SeenTexts(mostTexts);
    }

    @Override
    public boolean accepts(DataRow.Labelled row, int part, Occurrence where) {
        if (!TextCheck.isUsable(row.text())) {
            return true;
        }
        long text = fingerprint.ofText(row.text());
        long labels = fingerprint.ofLabels(row.trueLabels());
        int slot = seen.find(text);
        if (slot != SeenTexts.NEW) {
            return compare(slot, labels, part, where);
        }
        if (seen.isFull()) {
            uncompared.add(where);
        } else {
            seen.add(text, labels, part, row.number());
        }
        return true;
    }

    private boolean compare(int slot, long labels, int part, Occurrence where) {
        DataPart earlier = parts.get(seen.file(slot));
        String place = new Occurrence(earlier, seen.number(slot), "").place();
        boolean leaks = earlier.role() != parts.get(part).role();
        boolean same = labels == seen.labels(slot);
        if (leaks) {
            this.leaks.add(where.remarking("as " + place));
        }
        if (!same) {
            contradictions.add(where.remarking("unlike " + place));
        }
        if (same && !leaks) {
            duplicates.add(where.remarking("as " + place));
        }
        return true;
    }

    @Override
    public Stream<Finding> findings() {
        return Stream.of(
                        leaks.finding(
                                "A row's text is in another part, too, so that what is measured there is remembered, not"
                                        + " learned; keep it in one.",
                                "The texts of %d rows are in another part, too, so that what is measured there is"
                                        + " remembered, not learned; keep each in one."),
                        duplicates.finding(
                                "A row repeats another: same text, same labels; it counts twice.",
                                "%d rows repeat others: same text, same labels; they count more than once."),
                        contradictions.finding(
                                "A row has the text of another and other labels; at most one of them can be learned.",
                                "%d rows have the text of another and other labels; at most one of each can be learned."),
                        uncompared.finding(
                                "A row could not be compared with the others, as there are too many texts.",
                                "%d rows could not be compared with the others, as there are too many texts."))
                .flatMap(found -> found);
    }
}
