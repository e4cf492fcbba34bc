package dev.taxon.training.evaluation;

import java.util.List;

/** Rows answered by two predictors. Not thread-safe. */
final class PairedDecisions {
    private final RowDecisions first;
    private final RowDecisions second;
    private final double[] taken = new double[RowDecisions.Figures.COUNT];

    private PairedDecisions(RowDecisions first, RowDecisions second) {
        this.first = first;
        this.second = second;
    }

    /** The same rows in the same order, twice. */
    static PairedDecisions of(List<Judged> first, List<Judged> second) {
        return new PairedDecisions(RowDecisions.of(first), RowDecisions.of(second));
    }

    /** The numbers of all rows, each once. */
    int[] all() {
        return first.all();
    }

    /** The second's figures less the first's, of some rows, which may be there more than once. */
    void differences(int[] rows, double[] differences) {
        second.figures(rows).writeTo(differences, 0);
        first.figures(rows).writeTo(taken, 0);
        for (int figure = 0; figure < taken.length; figure++) {
            differences[figure] -= taken[figure];
        }
    }
}
