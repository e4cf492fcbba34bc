package dev.taxon.training.evaluation;

import dev.taxon.training.sampling.Randomness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A set's rows as the few cells each adds to, so that tens of thousands of resamples take seconds. Not thread-safe. */
final class PairedDecisions {
    private static final int KINDS = 3;
    private static final int HIT = 0;
    private static final int WRONG = 1;
    private static final int MISSED = 2;

    private final int labels;
    private final int[][] first;
    private final int[][] second;
    private final int[] firstCells;
    private final int[] secondCells;

    private PairedDecisions(int labels, int[][] first, int[][] second) {
        this.labels = labels;
        this.first = first;
        this.second = second;
        this.firstCells = new int[labels * KINDS];
        this.secondCells = new int[labels * KINDS];
    }

    static PairedDecisions of(PairedBootstrap.Pair pair) {
        return new PairedDecisions(pair.first().get(0).allLabels().size(), cells(pair.first()), cells(pair.second()));
    }

    private static int[][] cells(List<Judged> rows) {
        return rows.stream().map(PairedDecisions::cells).toArray(int[][]::new);
    }

    private static int[] cells(Judged row) {
        List<Integer> cells = new ArrayList<>();
        for (int label = 0; label < row.allLabels().size(); label++) {
            boolean truth = row.trueLabels().contains(row.allLabels().get(label));
            boolean predicted = row.predicted().contains(row.allLabels().get(label));
            if (truth || predicted) {
                cells.add(label * KINDS + (truth && predicted ? HIT : predicted ? WRONG : MISSED));
            }
        }
        return cells.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Difference of macro F1 on the rows as they are. */
    double difference() {
        return difference(IntStream.range(0, first.length).toArray());
    }

    /** Difference of macro F1 on as many rows drawn with replacement. */
    double resampled(Randomness random) {
        int[] rows = new int[first.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = random.nextInt(rows.length);
        }
        return difference(rows);
    }

    private double difference(int[] rows) {
        return macroF1(first, rows, firstCells) - macroF1(second, rows, secondCells);
    }

    private double macroF1(int[][] decisions, int[] rows, int[] cells) {
        Arrays.fill(cells, 0);
        for (int row : rows) {
            for (int cell : decisions[row]) {
                cells[cell]++;
            }
        }
        double sum = 0;
        for (int label = 0; label < labels; label++) {
            int hits = 2 * cells[label * KINDS + HIT];
            int all = hits + cells[label * KINDS + WRONG] + cells[label * KINDS + MISSED];
            sum += all == 0 ? 0 : (double) hits / all;
        }
        return sum / labels;
    }
}
