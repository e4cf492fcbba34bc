package dev.taxon.serving.database;

/** The database did not do what it was asked to; the cause says why, and goes to the log alone. */
public final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
