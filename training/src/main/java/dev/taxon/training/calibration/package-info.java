/** What a classifier's scores are worth: temperature, thresholds, and how far confidence is from the truth. */
@org.jspecify.annotations.NullMarked
package dev.taxon.training.calibration;
