package dev.taxon.training.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One predictor's rows as the few cells each adds to, so that figures of tens of thousands of resamples take seconds. Not
 * thread-safe.
 */
public final class RowDecisions {
    private static final int KINDS = 3;
    private static final int HIT = 0;
    private static final int WRONG = 1;
    private static final int MISSED = 2;

    private final int labels;
    private final int[][] cells;
    private final BitSet exact;
    private final int[] counts;

    private RowDecisions(int labels, int[][] cells, BitSet exact) {
        this.labels = labels;
        this.cells = cells;
        this.exact = exact;
        this.counts = new int[labels * KINDS];
    }

    /** The decisions of rows that may offer different labels. */
    static RowDecisions of(List<Judged> rows) {
        Tally tally = new Tally();
        rows.forEach(tally::add);
        return tally.decisions();
    }

    /** Takes rows one after the other and keeps their cells alone. Not thread-safe. */
    public static final class Tally {
        private final Map<String, Integer> places = new HashMap<>();
        private final List<int[]> cells = new ArrayList<>();
        private final BitSet exact = new BitSet();
        private List<String> offered = List.of();

        /** Adds a row. */
        public void add(Judged row) {
            if (!row.allLabels().equals(offered)) {
                offered = row.allLabels();
                offered.forEach(label -> places.putIfAbsent(label, places.size()));
            }
            exact.set(cells.size(), row.exact());
            cells.add(cells(row, places));
        }

        /** Those of all rows so far. */
        public RowDecisions decisions() {
            return new RowDecisions(places.size(), cells.toArray(new int[0][]), exact);
        }
    }

    private static int[] cells(Judged row, Map<String, Integer> places) {
        List<Integer> cells = new ArrayList<>();
        Set<String> touched = new HashSet<>(row.trueLabels());
        touched.addAll(row.predicted());
        for (String label : touched) {
            boolean truth = row.trueLabels().contains(label);
            boolean predicted = row.predicted().contains(label);
            cells.add(Objects.requireNonNull(places.get(label)) * KINDS
                    + (truth && predicted ? HIT : predicted ? WRONG : MISSED));
        }
        return cells.stream().mapToInt(Integer::intValue).toArray();
    }

    /** How many rows there are. */
    int rows() {
        return cells.length;
    }

    /** The numbers of all rows, each once. */
    int[] all() {
        return IntStream.range(0, cells.length).toArray();
    }

    /**
     * Figures of some rows, which may be there more than once.
     *
     * @param macroF1 over all labels that any row offers
     */
    record Figures(double accuracy, double microF1, double macroF1, double weightedF1) {
        static final int COUNT = 4;

        void writeTo(double[] target, int offset) {
            target[offset] = accuracy;
            target[offset + 1] = microF1;
            target[offset + 2] = macroF1;
            target[offset + 3] = weightedF1;
        }
    }

    Figures figures(int[] rows) {
        int right = count(rows);
        double sum = 0;
        double weighted = 0;
        long support = 0;
        long hits = 0;
        long misses = 0;
        for (int label = 0; label < labels; label++) {
            int hit = counts[label * KINDS + HIT];
            int missed = counts[label * KINDS + MISSED];
            int errors = counts[label * KINDS + WRONG] + missed;
            double f1 = f1(hit, errors);
            sum += f1;
            weighted += f1 * (hit + missed);
            support += hit + missed;
            hits += hit;
            misses += errors;
        }
        return new Figures(
                (double) right / rows.length, f1(hits, misses), sum / labels, support == 0 ? 0 : weighted / support);
    }

    /** Counts cells; returns how many rows are exactly right. */
    private int count(int[] rows) {
        Arrays.fill(counts, 0);
        int right = 0;
        for (int row : rows) {
            right += exact.get(row) ? 1 : 0;
            for (int cell : cells[row]) {
                counts[cell]++;
            }
        }
        return right;
    }

    private static double f1(long hits, long errors) {
        return hits == 0 ? 0 : 2.0 * hits / (2 * hits + errors);
    }
}
