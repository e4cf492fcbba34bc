package dev.taxon.training.calibration;

import java.util.List;

/**
 * Confidence beside the share of right answers, in bins of equal width. An answer is a row's best label in single-label
 * mode, and each label of each row in multi-label mode, where confidence is the label's score.
 *
 * @param bins from the lowest confidence to the highest, empty ones included
 */
public record ReliabilityCurve(List<ReliabilityBin> bins) {
    public ReliabilityCurve {
        bins = List.copyOf(bins);
    }

    /** Answers in all bins. */
    public long count() {
        return bins.stream().mapToLong(ReliabilityBin::count).sum();
    }

    /**
     * Mean gap between confidence and the share of right answers over all answers, in [0, 1] (Guo et al. 2017, arXiv
     * 1706.04599, equation 3).
     */
    public double expectedCalibrationError() {
        double gaps = bins.stream()
                .mapToDouble(bin -> bin.count() * Math.abs(bin.confidence() - bin.right()))
                .sum();
        return gaps / count();
    }
}
