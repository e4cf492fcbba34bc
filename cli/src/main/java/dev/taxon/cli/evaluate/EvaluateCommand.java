package dev.taxon.cli.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taxon.cli.console.CommandFailure;
import dev.taxon.cli.console.Progress;
import dev.taxon.cli.model.ModelOpener;
import dev.taxon.cli.model.ModelOptions;
import dev.taxon.core.Classifier;
import dev.taxon.core.Mode;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.AdapterSettings;
import dev.taxon.training.calibration.Calibration;
import dev.taxon.training.calibration.ScoredRows;
import dev.taxon.training.evaluation.ClassifierPredictor;
import dev.taxon.training.evaluation.Evaluation;
import dev.taxon.training.evaluation.Judged;
import dev.taxon.training.evaluation.RecordingPredictor;
import dev.taxon.training.report.ReportPage;
import dev.taxon.training.report.SourceRow;
import dev.taxon.training.report.TrainingReport;
import dev.taxon.training.statistics.Bootstrap;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a model on a labelled file. */
@Command(
        name = "evaluate",
        description = {
            "Measure how often the model is right on rows {\"text\", \"all_labels\", \"true_labels\"}, one a line, and how"
                    + " far its confidence is from that.",
            "Single-label when every row has exactly one true label, multi-label otherwise."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  taxon evaluate --data reviews.jsonl.gz",
            "  taxon evaluate --data topics.jsonl --limit 500 --json",
            "  taxon evaluate --data support.jsonl --adapter adapters/support --html report.html"
        })
public final class EvaluateCommand implements Callable<Integer> {
    private final ModelOpener models;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    ModelOptions model = new ModelOptions();

    @Mixin
    RowOptions rows = new RowOptions();

    @Option(names = "--adapter", paramLabel = "DIR", description = "An adapter's folder, which changes the model.")
    @Nullable
    Path adapter;

    @Mixin
    PageOption page = new PageOption();

    @Option(names = "--json", description = "Print JSON instead of a table.")
    boolean json;

    /** A command that opens models as told. */
    public EvaluateCommand(ModelOpener models) {
        this.models = models;
    }

    @Override
    public Integer call() throws IOException {
        Mode mode = rows.mode();
        long limit = rows.limit();
        page.check();
        MeasuredRows measured = measure(mode, limit);
        if (page.asked()) {
            page.write(ReportPage.html(measured.report(), "Evaluation", ""));
        }
        PrintWriter out = command().commandLine().getOut();
        out.print(
                json
                        ? new ObjectMapper().writeValueAsString(EvaluationJson.of(measured)) + "\n"
                        : EvaluationText.of(measured));
        out.flush();
        return 0;
    }

    private MeasuredRows measure(@Nullable Mode mode, long limit) {
        try (Classifier classifier = models.open(model)) {
            Optional<Adapter> read = Optional.ofNullable(adapter).map(classifier::readAdapter);
            List<SourceRow> sources = new ArrayList<>();
            List<Judged> judged = new ArrayList<>();
            RecordingPredictor predictor =
                    new RecordingPredictor(new ClassifierPredictor(classifier, read), (row, number) -> {
                        // Texts are kept only for the page, which quotes some.
                        if (page.asked()) {
                            sources.add(new SourceRow(number, row.text()));
                        }
                    });
            Mode used = evaluate(predictor, mode, limit, judged);
            if (predictor.rows().isEmpty()) {
                throw new CommandFailure(
                        "The model's forward pass gave values that are not finite on every row; try --precision fp32.");
            }
            Calibration current =
                    Calibration.of(used, read.map(Adapter::settings).orElse(AdapterSettings.NONE));
            TrainingReport report = TrainingReport.ofEvaluation(
                    judged, ScoredRows.of(used, predictor.rows()), current, sources, Bootstrap.withDefaults());
            return new MeasuredRows(report, predictor.notFinite());
        }
    }

    private Mode evaluate(RecordingPredictor predictor, @Nullable Mode mode, long limit, List<Judged> judged) {
        Progress progress = Progress.on(command().commandLine().getErr());
        try {
            return new Evaluation(
                            predictor, (done, total) -> progress.show(done, total, done + " of " + total + " rows"))
                    .evaluate(rows.data(), mode, limit, judged::add)
                    .mode();
        } finally {
            progress.end();
        }
    }

    private CommandSpec command() {
        return Objects.requireNonNull(spec);
    }
}
