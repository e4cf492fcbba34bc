package dev.taxon.training.calibration;

/**
 * Scores of labels beside whether each is true, told as often as asked for and always the same: they need not be in memory
 * together.
 */
@FunctionalInterface
interface Decisions {

    /** Tells all of them, in any order. */
    void each(Sink sink);

    /** Is told of scores. */
    @FunctionalInterface
    interface Sink {

        /**
         * Takes one.
         *
         * @param score in [0, 1]
         */
        void add(double score, boolean truth);
    }
}
