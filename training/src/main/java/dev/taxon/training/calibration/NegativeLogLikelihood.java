package dev.taxon.training.calibration;

import dev.taxon.core.Mode;
import java.util.List;

/**
 * How badly scores explain the truth, as a function of the inverse temperature b that logits z are multiplied by: of
 * softmax, the sum of log sum exp(b z) - b z_true; of sigmoids, the sum of log(1 + exp(b z)) - b z where true. Both are
 * convex in b, so that the slope has at most one root. Rows without exactly one true label tell nothing about softmax.
 */
final class NegativeLogLikelihood {
    private final Mode mode;
    private final List<ScoredRow> rows;

    NegativeLogLikelihood(ScoredRows scored) {
        this.mode = scored.mode();
        this.rows = mode == Mode.SINGLE_LABEL
                ? scored.select(row -> scored.rows().get(row).onlyTarget() >= 0).rows()
                : scored.rows();
    }

    /** The first two derivatives at an inverse temperature. */
    record Slope(double first, double second) {}

    /** Rows that tell something. */
    int rows() {
        return rows.size();
    }

    Slope slope(double inverse) {
        double first = 0;
        double second = 0;
        for (ScoredRow row : rows) {
            Slope own = mode == Mode.SINGLE_LABEL ? softmax(row, inverse) : sigmoids(row, inverse);
            first += own.first();
            second += own.second();
        }
        return new Slope(first, second);
    }

    /** Mean and variance of the logits under softmax, taken from the true one, so that no rounding turns the sign. */
    private static Slope softmax(ScoredRow row, double inverse) {
        double[] shares = row.scores(Mode.SINGLE_LABEL, 1 / inverse);
        double truth = row.logit(row.onlyTarget());
        double mean = 0;
        double square = 0;
        for (int label = 0; label < shares.length; label++) {
            double gap = row.logit(label) - truth;
            mean += shares[label] * gap;
            square += shares[label] * gap * gap;
        }
        return new Slope(mean, square - mean * mean);
    }

    private static Slope sigmoids(ScoredRow row, double inverse) {
        double first = 0;
        double second = 0;
        for (int label = 0; label < row.size(); label++) {
            double logit = row.logit(label);
            // Of the sigmoid that should be 0, so that nothing is lost where it should be 1 and almost is.
            double wrong = 1 / (1 + Math.exp(row.target(label) ? inverse * logit : -inverse * logit));
            first += (row.target(label) ? -wrong : wrong) * logit;
            second += wrong * (1 - wrong) * logit * logit;
        }
        return new Slope(first, second);
    }
}
