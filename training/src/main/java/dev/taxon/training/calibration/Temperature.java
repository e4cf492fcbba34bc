package dev.taxon.training.calibration;

import dev.taxon.training.calibration.NegativeLogLikelihood.Slope;
import java.util.Optional;

/**
 * What logits are divided by before softmax or sigmoid, so that scores are as high as the share of right answers (Guo et
 * al. 2017, arXiv 1706.04599, section 4.2). It never changes which label is best.
 *
 * @param value above 0; where it was not fitted 1, or what it was before
 * @param reason why it could not be fitted; empty where it was
 */
public record Temperature(double value, Optional<String> reason) {
    /** Scores as the model gives them. */
    public static final Temperature ONE = new Temperature(1, Optional.empty());

    private static final int FEWEST_ROWS = 10;
    private static final double LOWEST = 0.01;
    private static final double HIGHEST = 100;
    private static final int MOST_STEPS = 200;
    private static final double PRECISION = 1e-13;

    public Temperature {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("A temperature is a number above 0.");
        }
    }

    /** The temperature of the highest likelihood, between 0.01 and 100; 1 with a reason where the rows do not tell it. */
    public static Temperature fit(ScoredRows rows) {
        NegativeLogLikelihood loss = new NegativeLogLikelihood(rows);
        if (loss.rows() < FEWEST_ROWS) {
            return unfitted("fewer than %d rows tell how sure to be".formatted(FEWEST_ROWS));
        }
        if (loss.slope(1 / HIGHEST).first() >= 0) {
            return unfitted("the scores tell right from wrong no better than chance at any temperature up to %.0f"
                    .formatted(HIGHEST));
        }
        if (loss.slope(1 / LOWEST).first() <= 0) {
            return unfitted("the scores tell right from wrong without a mistake, so nothing says how sure is too sure");
        }
        return new Temperature(1 / root(loss), Optional.empty());
    }

    private static Temperature unfitted(String reason) {
        return new Temperature(1, Optional.of(reason));
    }

    /** Newton's method on the slope, which halves the bracket wherever a step would leave it. */
    private static double root(NegativeLogLikelihood loss) {
        double low = 1 / HIGHEST;
        double high = 1 / LOWEST;
        double inverse = 1;
        for (int step = 0; step < MOST_STEPS; step++) {
            Slope slope = loss.slope(inverse);
            low = slope.first() < 0 ? inverse : low;
            high = slope.first() < 0 ? high : inverse;
            double next = inverse - slope.first() / slope.second();
            // Not a number where the curve is flat, which lies in no bracket either.
            next = next >= low && next <= high ? next : (low + high) / 2;
            if (Math.abs(next - inverse) <= PRECISION * inverse) {
                return next;
            }
            inverse = next;
        }
        return inverse;
    }
}
