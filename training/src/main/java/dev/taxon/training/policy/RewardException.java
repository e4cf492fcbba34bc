package dev.taxon.training.policy;

/** A reward that cannot be given; the message says which component and row, why, and what to do, never the text. */
public final class RewardException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RewardException(String message) {
        super(message);
    }
}
