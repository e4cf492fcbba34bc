package dev.taxon.training.run;

/** A run that cannot start or go on; the message says where it stands, what is wrong and what to do. */
public class TrainingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TrainingException(String message) {
        super(message);
    }

    public TrainingException(String message, Throwable cause) {
        super(message, cause);
    }
}
