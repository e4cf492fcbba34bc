package dev.taxon.training.policy;

import java.util.Arrays;

/** How much better each answer of a batch was than expected: reward minus a baseline that does not know the answer. */
final class Advantages {
    /** A spread that is rounding alone, beside rewards of about 1. */
    private static final double SMALLEST_SPREAD = 1e-8;

    private Advantages() {}

    /** Rewards minus what a value head expected of the same rows. */
    static double[] over(double[] values, double[] rewards) {
        if (values.length != rewards.length) {
            throw new IllegalArgumentException("There are " + rewards.length + " rewards and " + values.length
                    + " values; a row has one of each.");
        }
        double[] advantages = new double[rewards.length];
        Arrays.setAll(advantages, row -> rewards[row] - values[row]);
        return advantages;
    }

    /** Rewards minus their mean, for a policy without a value head. A batch of one row teaches nothing then. */
    static double[] overMean(double[] rewards) {
        double mean = mean(rewards);
        return Arrays.stream(rewards).map(reward -> reward - mean).toArray();
    }

    /** That no reward of the batch tells a better answer from a worse one. */
    static boolean equal(double[] rewards) {
        return Arrays.stream(rewards).allMatch(reward -> Math.abs(reward - rewards[0]) < SMALLEST_SPREAD);
    }

    /** Moved and scaled to mean 0 and variance 1 over the batch; zeros where all are alike. */
    static double[] normalized(double[] advantages) {
        double mean = mean(advantages);
        double spread = Math.sqrt(mean(Arrays.stream(advantages)
                .map(one -> (one - mean) * (one - mean))
                .toArray()));
        if (spread < SMALLEST_SPREAD) {
            return new double[advantages.length];
        }
        return Arrays.stream(advantages).map(one -> (one - mean) / spread).toArray();
    }

    static double mean(double[] numbers) {
        return Arrays.stream(numbers).average().orElse(0);
    }
}
