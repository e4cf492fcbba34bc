package dev.taxon.training.adapter;

import dev.taxon.training.report.TrainingReport;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a job came to.
 *
 * @param adapter the adapter's folder
 * @param digest by which the adapter is known
 * @param report what it is worth; empty where nothing was held out or cross-fitted
 */
public record AdapterResult(Path adapter, String digest, Optional<TrainingReport> report) {}
