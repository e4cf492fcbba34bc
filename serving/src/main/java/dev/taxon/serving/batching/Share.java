package dev.taxon.serving.batching;

import java.util.UUID;

/**
 * Whose rows these are, and how much of a busy device is theirs beside others'.
 *
 * @param tenant rows of the same one wait in one line
 * @param weight the device's time is divided in proportion to the weights of those that wait, 1 or more
 */
public record Share(UUID tenant, int weight) {
    /** The weight of a tenant that was given none. */
    public static final int USUAL_WEIGHT = 100;

    /** The node's own work. */
    public static final Share HOUSE = new Share(new UUID(0, 0), USUAL_WEIGHT);

    public Share {
        if (weight < 1) {
            throw new IllegalArgumentException("A weight must be at least 1.");
        }
    }
}
