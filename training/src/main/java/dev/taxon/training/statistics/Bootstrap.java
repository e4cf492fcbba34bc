package dev.taxon.training.statistics;

import dev.taxon.training.sampling.Randomness;

/**
 * Draws rows again with replacement and takes figures each time (Efron and Tibshirani 1993, chapter 13). The seed alone
 * decides what is drawn, on every machine. Immutable and thread-safe.
 */
public final class Bootstrap {
    private static final int FEWEST = 100;

    private final int resamples;
    private final long seed;

    /** Takes figures of some rows. */
    @FunctionalInterface
    public interface Statistic {

        /**
         * Works out the figures.
         *
         * @param rows numbers of the drawn rows, some of them more than once
         * @param figures to be filled
         */
        void of(int[] rows, double[] figures);
    }

    public Bootstrap(int resamples, long seed) {
        if (resamples < FEWEST) {
            throw new IllegalArgumentException("A bootstrap needs at least %d resamples.".formatted(FEWEST));
        }
        this.resamples = resamples;
        this.seed = seed;
    }

    /** 10,000 resamples, with one seed for all. */
    public static Bootstrap withDefaults() {
        return new Bootstrap(10_000, 1);
    }

    /**
     * Figures of rows drawn again and again.
     *
     * @param rows how many there are, and are drawn each time; at least 1
     * @param figures how many the statistic fills
     */
    public Resamples run(int rows, int figures, Statistic statistic) {
        if (rows < 1) {
            throw new IllegalArgumentException("A bootstrap needs at least one row.");
        }
        double[][] draws = new double[figures][resamples];
        add(draws, Randomness.of(seed, rows), rows, statistic);
        return new Resamples(draws);
    }

    /** Takes figures of rows of one of several sets. */
    @FunctionalInterface
    public interface SetStatistic {

        /**
         * Works out the figures.
         *
         * @param set number of the set, from 0
         * @param rows numbers of its drawn rows, some of them more than once
         * @param figures to be filled
         */
        void of(int set, int[] rows, double[] figures);
    }

    /**
     * Figures added up over sets of rows, which are drawn again and again, each set on its own.
     *
     * @param rows how many each set has, and are drawn each time; at least 1
     * @param figures how many the statistic fills
     */
    public Resamples summed(int[] rows, int figures, SetStatistic statistic) {
        double[][] draws = new double[figures][resamples];
        for (int set = 0; set < rows.length; set++) {
            int own = set;
            add(draws, Randomness.of(seed, set), rows[set], (drawn, taken) -> statistic.of(own, drawn, taken));
        }
        return new Resamples(draws);
    }

    private void add(double[][] draws, Randomness random, int rows, Statistic statistic) {
        int[] drawn = new int[rows];
        double[] taken = new double[draws.length];
        for (int sample = 0; sample < resamples; sample++) {
            for (int i = 0; i < rows; i++) {
                drawn[i] = random.nextInt(rows);
            }
            statistic.of(drawn, taken);
            for (int figure = 0; figure < draws.length; figure++) {
                draws[figure][sample] += taken[figure];
            }
        }
    }
}
