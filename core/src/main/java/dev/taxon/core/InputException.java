package dev.taxon.core;

/**
 * An input that cannot be classified as it is. The message says what is wrong and what to do, and never quotes the
 * text; {@link #field()} names the place within the input, such as {@code labels[2]}.
 */
public final class InputException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Why, in the terms a caller may branch on. */
    public enum Reason {
        INVALID,
        /** The model at hand cannot do it; another can. */
        NOT_SUPPORTED,
        LABELS_TOO_LONG,
        TEXT_TOO_LONG
    }

    private final String field;
    private final Reason reason;

    public InputException(Reason reason, String field, String message) {
        super(message);
        this.reason = reason;
        this.field = field;
    }

    public String field() {
        return field;
    }

    public Reason reason() {
        return reason;
    }
}
