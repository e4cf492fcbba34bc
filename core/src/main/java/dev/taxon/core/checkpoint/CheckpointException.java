package dev.taxon.core.checkpoint;

/** A checkpoint that cannot be loaded; the message says which file or tensor, what is wrong and what to do. */
public final class CheckpointException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CheckpointException(String message) {
        super(message);
    }

    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
