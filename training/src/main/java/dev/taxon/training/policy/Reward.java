package dev.taxon.training.policy;

/** How good an answer is, higher for better. Deterministic; thread-safe. */
@FunctionalInterface
public interface Reward {

    /** Throws {@link RewardException} for an answer that it cannot judge; a number that is not finite is refused later. */
    double of(Answer answer);
}
