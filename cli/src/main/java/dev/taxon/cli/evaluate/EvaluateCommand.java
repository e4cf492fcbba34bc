package dev.taxon.cli.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taxon.cli.console.Progress;
import dev.taxon.cli.model.ModelOpener;
import dev.taxon.cli.model.ModelOptions;
import dev.taxon.core.Classifier;
import dev.taxon.core.Mode;
import dev.taxon.training.evaluation.ClassifierPredictor;
import dev.taxon.training.evaluation.Evaluation;
import dev.taxon.training.evaluation.Metrics;
import dev.taxon.training.evaluation.MetricsJson;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures a model on a labelled file. */
@Command(
        name = "evaluate",
        description = {
            "Measure how often the model is right on rows {\"text\", \"all_labels\", \"true_labels\"}, one a line.",
            "Single-label when every row has exactly one true label, multi-label otherwise."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  taxon evaluate --data reviews.jsonl.gz", "  taxon evaluate --data topics.jsonl --limit 500 --json"
        })
public final class EvaluateCommand implements Callable<Integer> {
    private final ModelOpener models;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    ModelOptions model = new ModelOptions();

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FILE",
            description = "The rows: .jsonl or .csv, plain or .gz, or .parquet.")
    Path data = Path.of("");

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "single-label or multi-label. Default: what the rows say.")
    @Nullable
    String mode;

    @Option(names = "--adapter", paramLabel = "DIR", description = "An adapter's folder, which changes the model.")
    @Nullable
    Path adapter;

    @Option(names = "--limit", paramLabel = "N", description = "Take the first N rows only.")
    long limit = Long.MAX_VALUE;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    boolean json;

    /** A command that opens models as told. */
    public EvaluateCommand(ModelOpener models) {
        this.models = models;
    }

    @Override
    public Integer call() throws JsonProcessingException {
        Mode chosen = chosenMode();
        if (limit < 1) {
            throw new ParameterException(command().commandLine(), "--limit takes a number from 1 on");
        }
        Progress progress = Progress.on(command().commandLine().getErr());
        try (Classifier classifier = models.open(model)) {
            Evaluation evaluation = new Evaluation(
                    new ClassifierPredictor(
                            classifier, Optional.ofNullable(adapter).map(classifier::readAdapter)),
                    (rows, total) -> progress.show(rows, total, rows + " of " + total + " rows"));
            Metrics metrics = evaluate(evaluation, chosen, progress);
            PrintWriter out = command().commandLine().getOut();
            out.print(
                    json
                            ? new ObjectMapper().writeValueAsString(MetricsJson.of(metrics)) + "\n"
                            : MetricsTable.of(metrics));
            out.flush();
        }
        return 0;
    }

    private Metrics evaluate(Evaluation evaluation, @Nullable Mode chosen, Progress progress) {
        try {
            return evaluation.evaluate(data, chosen, limit);
        } finally {
            progress.end();
        }
    }

    private @Nullable Mode chosenMode() {
        if (mode == null) {
            return null;
        }
        return switch (mode) {
            case "single-label" -> Mode.SINGLE_LABEL;
            case "multi-label" -> Mode.MULTI_LABEL;
            default -> throw new ParameterException(command().commandLine(), "--mode is single-label or multi-label");
        };
    }

    private CommandSpec command() {
        return Objects.requireNonNull(spec);
    }
}
