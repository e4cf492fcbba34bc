package dev.taxon.training.data;

/** Data that cannot be used; the message says which file and line, what is wrong and what to do, never the content. */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DataException(String message) {
        super(message);
    }

    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
