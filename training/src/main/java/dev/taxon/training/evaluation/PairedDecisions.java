package dev.taxon.training.evaluation;

import dev.taxon.training.sampling.Randomness;

/** A set's rows predicted twice. Not thread-safe. */
final class PairedDecisions {
    private final RowDecisions first;
    private final RowDecisions second;

    private PairedDecisions(RowDecisions first, RowDecisions second) {
        this.first = first;
        this.second = second;
    }

    static PairedDecisions of(PairedBootstrap.Pair pair) {
        return new PairedDecisions(RowDecisions.of(pair.first()), RowDecisions.of(pair.second()));
    }

    /** Difference of macro F1 on the rows as they are. */
    double difference() {
        return difference(first.all());
    }

    /** Difference of macro F1 on as many rows drawn with replacement. */
    double resampled(Randomness random) {
        int[] rows = first.all();
        for (int i = 0; i < rows.length; i++) {
            rows[i] = random.nextInt(rows.length);
        }
        return difference(rows);
    }

    private double difference(int[] rows) {
        return first.figures(rows).macroF1() - second.figures(rows).macroF1();
    }
}
