package dev.taxon.cli.evaluate;

import dev.taxon.training.report.TrainingReport;

/**
 * What an evaluation found.
 *
 * @param notFinite rows whose forward pass gave no scores; they count as wrong, and are left out of calibration
 */
record MeasuredRows(TrainingReport report, long notFinite) {}
