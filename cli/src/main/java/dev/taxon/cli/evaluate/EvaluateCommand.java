package dev.taxon.cli.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taxon.cli.console.CommandFailure;
import dev.taxon.cli.console.PageOption;
import dev.taxon.cli.console.Progress;
import dev.taxon.cli.console.ScratchFolder;
import dev.taxon.cli.console.WrongUse;
import dev.taxon.cli.model.ModelOpener;
import dev.taxon.cli.model.ModelOptions;
import dev.taxon.core.Classifier;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.AdapterSettings;
import dev.taxon.training.evaluation.ClassifierPredictor;
import dev.taxon.training.evaluation.RowChoice;
import dev.taxon.training.report.ModelEvaluation;
import dev.taxon.training.report.ModelEvaluation.Asked;
import dev.taxon.training.report.ModelEvaluation.Evaluated;
import dev.taxon.training.report.ReportPage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
            "Measure how often the model is right on labelled rows, and how far its confidence is from that. Rows are those"
                    + " of train lora: JSON lines {\"text\", \"all_labels\", \"true_labels\"}, or CSV or Parquet with a column for"
                    + " the text and one for the labels.",
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
        RowChoice choice = rows.choice();
        page.check();
        checkAdapter();
        LearnedRowsWarning.print(adapter, choice, command().commandLine().getErr());
        Evaluated measured = measure(new Asked(choice, page.asked()));
        PrintWriter out = command().commandLine().getOut();
        out.print(
                json
                        ? new ObjectMapper().writeValueAsString(EvaluationJson.of(measured)) + "\n"
                        : EvaluationText.of(measured));
        out.flush();
        if (page.asked()) {
            page.write(ReportPage.html(measured.report(), "Evaluation", ""));
        }
        return 0;
    }

    /** Names are for several adapters, which only classify takes. */
    private void checkAdapter() {
        if (adapter != null && adapter.toString().contains("=") && !Files.exists(adapter)) {
            throw new WrongUse("--adapter takes a folder alone here, not NAME=DIR");
        }
    }

    private Evaluated measure(Asked asked) throws IOException {
        Progress progress = Progress.on(command().commandLine().getErr());
        try (ScratchFolder scratch = ScratchFolder.create("taxon-evaluate-");
                Classifier classifier = models.open(model)) {
            Optional<Adapter> read = Optional.ofNullable(adapter).map(classifier::readAdapter);
            return new ModelEvaluation(
                            new ClassifierPredictor(classifier, read),
                            read.map(Adapter::settings).orElse(AdapterSettings.NONE),
                            (done, total) -> progress.show(done, total, done + " of " + total + " rows"))
                    .evaluate(asked, scratch.path())
                    .orElseThrow(
                            () -> new CommandFailure(
                                    "The model's forward pass gave values that are not finite on every row; try --precision fp32."));
        } finally {
            progress.end();
        }
    }

    private CommandSpec command() {
        return Objects.requireNonNull(spec);
    }
}
