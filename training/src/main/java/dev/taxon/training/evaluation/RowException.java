package dev.taxon.training.evaluation;

/** A row that cannot be predicted; the message says why and what to do, never the content. */
public final class RowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int index;

    /** @param index of the row among those that were to be predicted */
    public RowException(int index, String message) {
        super(message);
        this.index = index;
    }

    public int index() {
        return index;
    }
}
