package dev.taxon.training.calibration;

import dev.taxon.core.Mode;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Rows that a model scored without having learned from them: held out, or each scored by the model of another fold.
 * Immutable and thread-safe.
 */
public final class ScoredRows {
    private final Mode mode;
    private final List<ScoredRow> rows;
    private final int[] folds;

    private ScoredRows(Mode mode, List<ScoredRow> rows, int[] folds) {
        this.mode = mode;
        this.rows = rows;
        this.folds = folds;
    }

    /** Rows that one model scored, each with labels of its own. */
    public static ScoredRows of(Mode mode, List<ScoredRow> rows) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("There are no scored rows.");
        }
        return new ScoredRows(mode, List.copyOf(rows), new int[rows.size()]);
    }

    /** Rows that one model scored, which are read from where they are kept. */
    static ScoredRows kept(Mode mode, List<ScoredRow> rows) {
        return new ScoredRows(mode, rows, new int[rows.size()]);
    }

    /**
     * Rows that one model scored against the same labels.
     *
     * @param logits [rows][labels]
     * @param targets [rows][labels]
     */
    public static ScoredRows of(List<String> labels, Mode mode, float[][] logits, boolean[][] targets) {
        if (logits.length != targets.length) {
            throw new IllegalArgumentException("Every row needs logits and targets.");
        }
        List<ScoredRow> rows = new ArrayList<>(logits.length);
        for (int row = 0; row < logits.length; row++) {
            rows.add(new ScoredRow(labels, logits[row], targets[row]));
        }
        return of(mode, rows);
    }

    /**
     * The same rows, scored by several models.
     *
     * @param numbers [rows], for each row the fold that its model did not learn from
     */
    public ScoredRows withFolds(int[] numbers) {
        if (numbers.length != rows.size()) {
            throw new IllegalArgumentException("Every row needs the number of its fold.");
        }
        return new ScoredRows(mode, rows, numbers.clone());
    }

    public Mode mode() {
        return mode;
    }

    public List<ScoredRow> rows() {
        return rows;
    }

    public int size() {
        return rows.size();
    }

    /** How many models scored the rows: 1, or the number of folds. */
    public int models() {
        return (int) Arrays.stream(folds).distinct().count();
    }

    int fold(int row) {
        return folds[row];
    }

    /** True when all rows offer the same labels, in any order. */
    public boolean sameLabels() {
        Set<String> first = Set.copyOf(rows.get(0).labels());
        return rows.stream().map(ScoredRow::labels).distinct().allMatch(labels -> first.equals(Set.copyOf(labels)));
    }

    /** Those of the rows whose number is asked for; there may be none. They stay where they are. */
    ScoredRows select(IntPredicate wanted) {
        int[] chosen = IntStream.range(0, rows.size()).filter(wanted).toArray();
        return new ScoredRows(
                mode,
                new Selected(rows, chosen),
                Arrays.stream(chosen).map(row -> folds[row]).toArray());
    }

    /** Some rows of a list. */
    private static final class Selected extends AbstractList<ScoredRow> implements RandomAccess {
        private final List<ScoredRow> all;
        private final int[] chosen;

        private Selected(List<ScoredRow> all, int[] chosen) {
            this.all = all;
            this.chosen = chosen;
        }

        @Override
        public ScoredRow get(int place) {
            return all.get(chosen[place]);
        }

        @Override
        public int size() {
            return chosen.length;
        }
    }

    /** Sizes only: labels are a customer's words. */
    @Override
    public String toString() {
        return "ScoredRows[%d rows, %s, %d models]".formatted(rows.size(), mode, models());
    }
}
