package dev.taxon.training.data.validation;

import java.util.Locale;

/** Everything that a validation looks for. */
public enum FindingKind {
    /** A file holds no rows; counts files. */
    NO_ROWS(Severity.ERROR),
    /** Rows that are not as they should be, and cannot be taken. */
    UNREADABLE_ROW(Severity.ERROR),
    /** Texts that are empty, or nothing but space and control characters. */
    BLANK_TEXT(Severity.ERROR),
    /** Texts longer than any that is classified. */
    LONG_TEXT(Severity.ERROR),
    /** Rows with a label that is not in the set. */
    UNKNOWN_LABEL(Severity.ERROR),
    /** Rows whose text is in another part, too. */
    LEAK(Severity.ERROR),
    /** A set of one label, which every row has; counts labels. */
    ONE_LABEL(Severity.ERROR),
    /** All rows to train on have the same labels; counts rows. */
    ONE_ANSWER(Severity.ERROR),
    /** Labels with a single row to train on; counts labels. */
    LONE_EXAMPLE(Severity.WARNING),
    /** Labels with few rows to train on; counts labels. */
    FEW_EXAMPLES(Severity.WARNING),
    /** Labels of the set that no row has; counts labels. */
    UNUSED_LABEL(Severity.WARNING),
    /** Labels that differ by case, space or Unicode form alone; counts labels. */
    LABEL_VARIANT(Severity.WARNING),
    /** Labels that are digits alone, which say nothing to a model that reads them; counts labels. */
    NUMBER_LABEL(Severity.WARNING),
    /** Labels that are other labels with a separator between them; counts labels. */
    JOINED_LABEL(Severity.WARNING),
    /** Rows that offer another set of labels than the first, so that examples a label were not judged. */
    OPEN_LABEL_SET(Severity.WARNING),
    /** Rows without any label. */
    NO_LABEL(Severity.WARNING),
    /** Rows that repeat an earlier one of their part: same text, same labels. */
    DUPLICATE(Severity.WARNING),
    /** Rows with the text of an earlier one and other labels. */
    CONTRADICTION(Severity.WARNING),
    /** Rows of which it is not known whether they repeat others, as there are too many. */
    UNCOMPARED_TEXT(Severity.WARNING),
    /** Texts that take more tokens than the model reads. */
    CUT_TEXT(Severity.WARNING),
    /** Texts with something that the tokenizer has no token for. */
    UNKNOWN_CHARACTER(Severity.WARNING),
    /** Columns that are not read; counts columns. */
    IGNORED_COLUMN(Severity.WARNING);

    private final Severity severity;

    FindingKind(Severity severity) {
        this.severity = severity;
    }

    public Severity severity() {
        return severity;
    }

    /** As JSON writes it: {@code unreadable_row}. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
