package dev.taxon.training.calibration;

/**
 * Answers of about the same confidence.
 *
 * @param lower the confidence above which it begins, in [0, 1]
 * @param upper the highest confidence it takes
 * @param count answers in it
 * @param confidence their mean confidence; 0 without any
 * @param right the share of them that is right; 0 without any
 */
public record ReliabilityBin(double lower, double upper, long count, double confidence, double right) {}
