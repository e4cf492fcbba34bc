package dev.taxon.cli.train;

import dev.taxon.training.sampling.SamplingSettings;
import dev.taxon.training.sampling.SamplingSettings.BatchShape;
import dev.taxon.training.sampling.SamplingSettings.LabelChoice;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which rows and labels a step sees. */
final class SamplingOptions {
    private static final SamplingSettings DEFAULTS = SamplingSettings.defaults(0);
    private static final BatchShape BATCH = BatchShape.defaults();
    private static final LabelChoice LABELS = LabelChoice.defaults();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "All that is random follows from it. Default: ${DEFAULT-VALUE}.")
    long seed = 1;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description =
                    "Sets are drawn by size to this power: 1 as large as they are, 0 all alike. Default: ${DEFAULT-VALUE}.")
    double temperature = DEFAULTS.temperature();

    @Option(names = "--weight", paramLabel = "SET=W", description = "Draw a set W times as often; may be repeated.")
    Map<String, Double> weights = Map.of();

    @Option(names = "--exclude", paramLabel = "SET", split = ",", description = "Sets to leave out.")
    Set<String> excluded = Set.of();

    @Option(
            names = "--sets-per-batch",
            paramLabel = "N",
            description = "Most sets a batch is drawn from. Default: ${DEFAULT-VALUE}.")
    int setsPerBatch = BATCH.setsPerBatch();

    @Option(
            names = "--token-budget",
            paramLabel = "N",
            description = "Most padded text tokens of a batch, up to 65536. Default: ${DEFAULT-VALUE}.")
    int tokenBudget = BATCH.tokenBudget();

    @Option(
            names = "--batch-rows",
            paramLabel = "N",
            description = "Most rows of a batch, up to 512. Default: ${DEFAULT-VALUE}.")
    int batchRows = BATCH.maxRows();

    @Option(
            names = "--round-rows",
            paramLabel = "N",
            description = "Rows drawn and sorted by length together, up to 1000000. Default: ${DEFAULT-VALUE}.")
    int roundRows = BATCH.roundRows();

    @Option(
            names = "--max-labels",
            paramLabel = "N",
            description = "Most labels a row sees, 2 to 1000. Default: ${DEFAULT-VALUE}.")
    int maxLabels = LABELS.maxLabels();

    @Option(
            names = "--label-pool",
            paramLabel = "N",
            description = "Most distinct labels of a set in a batch, up to 10000. Default: ${DEFAULT-VALUE}.")
    int labelPool = LABELS.labelPool();

    @Option(
            names = "--fewer-labels",
            paramLabel = "S",
            description = "Share of rows that see fewer labels. Default: ${DEFAULT-VALUE}.")
    double fewerLabels = LABELS.fewerLabels();

    @Option(names = "--template", paramLabel = "T", description = "A pattern with {label} in it; may be repeated.")
    List<String> templates = LABELS.templates();

    @Option(
            names = "--template-share",
            paramLabel = "S",
            description = "Share of rows whose labels get a template. Default: ${DEFAULT-VALUE}.")
    double templateShare = LABELS.templateShare();

    /** Throws {@link IllegalArgumentException} for what makes no sense, in words for the user. */
    SamplingSettings settings() {
        return new SamplingSettings(
                seed,
                temperature,
                weights,
                excluded,
                new BatchShape(setsPerBatch, tokenBudget, batchRows, roundRows),
                new LabelChoice(maxLabels, labelPool, fewerLabels, templates, templateShare));
    }
}
