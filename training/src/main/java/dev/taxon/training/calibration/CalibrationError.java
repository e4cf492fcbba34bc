package dev.taxon.training.calibration;

import dev.taxon.training.statistics.Bootstrap;
import dev.taxon.training.statistics.Estimate;
import dev.taxon.training.statistics.Resamples;
import java.util.Collections;

/**
 * How far confidence is from the share of right answers, before calibration and after. What comes after is cross-fitted:
 * each row by the temperature that was fitted to rows of other folds. Intervals are basic bootstrap ones over rows, cut to
 * [0, 1]: resampling adds to a mean of absolute gaps, which the percentile interval would count twice.
 *
 * @param error expected calibration error before, in [0, 1]
 * @param errorAfter the same after
 * @param reduction before minus after, on the same rows each time
 * @param folds how many parts the rows were cross-fitted in; 0 where there was nothing to fit to, and after is as before
 */
public record CalibrationError(
        ReliabilityCurve before,
        ReliabilityCurve after,
        Estimate error,
        Estimate errorAfter,
        Estimate reduction,
        int folds) {

    /**
     * Judges how rows are answered now, and how they would be after fitting.
     *
     * @param current how they are answered now
     */
    public static CalibrationError of(ScoredRows rows, Calibration current, CrossFit fitted, Bootstrap bootstrap) {
        BinnedRows before = new BinnedRows(rows, Collections.nCopies(rows.size(), current));
        BinnedRows after = fitted.folds() == 0 ? before : new BinnedRows(rows, fitted.calibrations());
        Resamples resamples = bootstrap.run(rows.size(), 3, (drawn, figures) -> {
            figures[0] = before.error(drawn);
            figures[1] = after.error(drawn);
            figures[2] = figures[0] - figures[1];
        });
        double error = before.curve().expectedCalibrationError();
        double errorAfter = after.curve().expectedCalibrationError();
        return new CalibrationError(
                before.curve(),
                after.curve(),
                cut(resamples.basic(0, error)),
                cut(resamples.basic(1, errorAfter)),
                resamples.basic(2, error - errorAfter),
                fitted.folds());
    }

    private static Estimate cut(Estimate estimate) {
        return new Estimate(estimate.value(), share(estimate.low()), share(estimate.high()));
    }

    private static double share(double value) {
        return Math.min(1, Math.max(0, value));
    }
}
