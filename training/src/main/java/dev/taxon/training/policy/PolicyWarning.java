package dev.taxon.training.policy;

/**
 * Something that does not stop a run and should be known.
 *
 * @param name what kind of warning it is, for programs
 * @param message one sentence for people, without contents of rows
 */
public record PolicyWarning(String name, String message) {
    /** Every answer of an epoch earned the same reward. */
    public static final String CONSTANT_REWARDS = "constant_rewards";
}
