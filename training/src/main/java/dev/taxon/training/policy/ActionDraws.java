package dev.taxon.training.policy;

import dev.taxon.training.sampling.Randomness;
import java.util.Arrays;

/**
 * The uniform numbers that actions are sampled with. A row's are made from seed, step and place in the batch alone, so
 * that a resumed run acts as one that was not interrupted, and how wide a batch is padded changes nothing.
 */
final class ActionDraws {
    /** Keeps these numbers apart from those that other parts of a run draw from the same seed. */
    private static final long PURPOSE = 0x706F6C696379L;

    private ActionDraws() {}

    /** One number in [0, 1) for each of a row's labels. */
    static double[] of(long seed, int step, int row, int labels) {
        Randomness random = Randomness.of(seed, PURPOSE, step, row);
        double[] draws = new double[labels];
        Arrays.setAll(draws, label -> random.nextDouble());
        return draws;
    }
}
