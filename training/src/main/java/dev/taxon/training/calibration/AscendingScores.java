package dev.taxon.training.calibration;

import java.util.Arrays;

/**
 * Goes through scores from the lowest to the highest in bounded memory: they are counted by their leading bits, which for
 * numbers from 0 on are in the order of the numbers, and then sorted a range at a time. Not thread-safe.
 */
final class AscendingScores {
    /** Scores that are sorted together: 32 MiB. */
    static final int MOST = 1 << 22;

    private static final int DIGIT = 16;
    private static final int RANGES = 1 << DIGIT;

    private final Decisions decisions;
    private final Visitor visitor;
    private final int most;

    private AscendingScores(Decisions decisions, int most, Visitor visitor) {
        this.decisions = decisions;
        this.most = most;
        this.visitor = visitor;
    }

    /** Is told each different score once, the lowest first. */
    @FunctionalInterface
    interface Visitor {

        /**
         * Takes a score.
         *
         * @param right how many decisions of that score are of a true label
         * @param wrong how many are not
         */
        void at(double score, long right, long wrong);
    }

    /**
     * Goes through all scores.
     *
     * @param right how many decisions are of a true label
     * @param wrong how many are not
     * @param most how many may be sorted together, at least 1
     */
    static void visit(Decisions decisions, long right, long wrong, int most, Visitor visitor) {
        AscendingScores scores = new AscendingScores(decisions, most, visitor);
        if (right + wrong <= most) {
            scores.sorted(0, Long.MAX_VALUE, (int) right, (int) wrong);
        } else {
            scores.visit(0, Long.SIZE - DIGIT);
        }
    }

    /** Visits the scores whose bits above a digit are given; the digit ends {@code shift} bits from the right. */
    private void visit(long prefix, int shift) {
        long[][] counts = counts(prefix, shift);
        int first = 0;
        while (first < RANGES) {
            long wrong = counts[0][first];
            long right = counts[1][first];
            int end = first + 1;
            while (end < RANGES && wrong + right + counts[0][end] + counts[1][end] <= most) {
                wrong += counts[0][end];
                right += counts[1][end++];
            }
            long from = prefix | (long) first << shift;
            if (wrong + right <= most) {
                long last = from + ((long) (end - first) << shift) - 1;
                sorted(from, last & Long.MAX_VALUE, (int) right, (int) wrong);
            } else if (shift > 0) {
                visit(from, shift - DIGIT);
            } else {
                visitor.at(Double.longBitsToDouble(from), right, wrong);
            }
            first = end;
        }
    }

    /** [wrong or right][digit]. */
    private long[][] counts(long prefix, int shift) {
        long[][] counts = new long[2][RANGES];
        boolean all = shift == Long.SIZE - DIGIT;
        decisions.each((score, truth) -> {
            long bits = Double.doubleToLongBits(score);
            if (all || bits >>> (shift + DIGIT) == prefix >>> (shift + DIGIT)) {
                counts[truth ? 1 : 0][(int) (bits >>> shift) & (RANGES - 1)]++;
            }
        });
        return counts;
    }

    /** Visits the scores whose bits lie between two, both included. */
    private void sorted(long from, long to, int rights, int wrongs) {
        if (rights + wrongs == 0) {
            return;
        }
        double[] right = new double[rights];
        double[] wrong = new double[wrongs];
        int[] filled = new int[2];
        decisions.each((score, truth) -> {
            long bits = Double.doubleToLongBits(score);
            if (bits >= from && bits <= to) {
                (truth ? right : wrong)[filled[truth ? 1 : 0]++] = score;
            }
        });
        Arrays.sort(right);
        Arrays.sort(wrong);
        merged(right, wrong);
    }

    private void merged(double[] right, double[] wrong) {
        int nextRight = 0;
        int nextWrong = 0;
        while (nextRight < right.length || nextWrong < wrong.length) {
            boolean takesRight =
                    nextWrong == wrong.length || (nextRight < right.length && right[nextRight] <= wrong[nextWrong]);
            double score = takesRight ? right[nextRight] : wrong[nextWrong];
            int pastRight = past(right, nextRight, score);
            int pastWrong = past(wrong, nextWrong, score);
            visitor.at(score, pastRight - nextRight, pastWrong - nextWrong);
            nextRight = pastRight;
            nextWrong = pastWrong;
        }
    }

    private static int past(double[] sorted, int from, double score) {
        int place = from;
        while (place < sorted.length && sorted[place] == score) {
            place++;
        }
        return place;
    }
}
