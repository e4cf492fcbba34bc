package dev.taxon.cli.bench;

/** Rows of this shape do not fit the model; the message is the reason, in a few words. */
public final class CellTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CellTooLargeException(String reason) {
        super(reason);
    }
}
