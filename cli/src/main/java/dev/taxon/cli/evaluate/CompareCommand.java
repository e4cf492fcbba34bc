package dev.taxon.cli.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taxon.cli.console.PageOption;
import dev.taxon.cli.console.Progress;
import dev.taxon.cli.model.ModelOpener;
import dev.taxon.cli.model.ModelOptions;
import dev.taxon.core.Classifier;
import dev.taxon.core.Mode;
import dev.taxon.training.evaluation.ClassifierPredictor;
import dev.taxon.training.evaluation.Comparison;
import dev.taxon.training.evaluation.Evaluation;
import dev.taxon.training.evaluation.Judged;
import dev.taxon.training.evaluation.RowChoice;
import dev.taxon.training.report.ComparisonJson;
import dev.taxon.training.report.ComparisonPage;
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

/** Holds two adapters, or models, against each other on the same rows. */
@Command(
        name = "compare",
        sortOptions = false,
        description = {
            "Tell which of two adapters, or models, is better on the same labelled rows, and how sure that is: McNemar's"
                    + " test of exact answers, and paired bootstrap of F1."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  taxon compare --data support.jsonl --first none --second adapters/support",
            "  taxon compare --data support.jsonl --first adapters/v1 --second adapters/v2 --html comparison.html",
            "  taxon compare --data topics.jsonl --first none --second none --second-model models/other --json"
        })
public final class CompareCommand implements Callable<Integer> {
    private final ModelOpener models;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    RowOptions rows = new RowOptions();

    @Option(
            names = "--first",
            required = true,
            paramLabel = "ADAPTER",
            description = "The first adapter's folder, or none.")
    String first = "";

    @Option(
            names = "--second",
            required = true,
            paramLabel = "ADAPTER",
            description = "The second adapter's folder, or none.")
    String second = "";

    @Option(names = "--first-model", paramLabel = "DIR", description = "The first one's model. Default: --model.")
    @Nullable
    Path firstModel;

    @Option(names = "--second-model", paramLabel = "DIR", description = "The second one's model. Default: --model.")
    @Nullable
    Path secondModel;

    @Mixin
    ModelOptions model = new ModelOptions();

    @Mixin
    PageOption page = new PageOption();

    @Option(names = "--json", description = "Print JSON instead of a table.")
    boolean json;

    /** A command that opens models as told. */
    public CompareCommand(ModelOpener models) {
        this.models = models;
    }

    /** What one side answered. */
    private record Answers(Mode mode, List<Judged> rows) {}

    @Override
    public Integer call() throws IOException {
        RowChoice choice = rows.choice();
        page.check();
        Side one = Side.of(modelOf(firstModel), first);
        Side other = Side.of(modelOf(secondModel), second);
        for (Side side : List.of(one, other)) {
            LearnedRowsWarning.print(
                    side.adapter().orElse(null), choice, command().commandLine().getErr());
        }
        Comparison comparison = compare(one, other, choice);
        PrintWriter out = command().commandLine().getOut();
        out.print(
                json
                        ? new ObjectMapper().writeValueAsString(ComparisonJson.of(comparison)) + "\n"
                        : ComparisonText.of(comparison, one, other));
        out.flush();
        page.write(ComparisonPage.html(comparison, one.title(), other.title()));
        return 0;
    }

    private Optional<Path> modelOf(@Nullable Path own) {
        return Optional.ofNullable(own == null ? model.model() : own);
    }

    private Comparison compare(Side one, Side other, RowChoice choice) {
        List<Answers> answers = new ArrayList<>();
        if (one.model().equals(other.model())) {
            try (Classifier classifier = open(one)) {
                answers.add(answers(classifier, one, choice, "first"));
                answers.add(answers(classifier, other, choice, "second"));
            }
        } else {
            answers.add(answers(one, choice, "first"));
            answers.add(answers(other, choice, "second"));
        }
        Answers before = answers.get(0);
        return Comparison.of(before.mode(), before.rows(), answers.get(1).rows(), Bootstrap.withDefaults());
    }

    private Classifier open(Side side) {
        return models.open(side.model().map(model::withModel).orElse(model));
    }

    private Answers answers(Side side, RowChoice choice, String name) {
        try (Classifier classifier = open(side)) {
            return answers(classifier, side, choice, name);
        }
    }

    private Answers answers(Classifier classifier, Side side, RowChoice choice, String name) {
        ClassifierPredictor predictor =
                new ClassifierPredictor(classifier, side.adapter().map(classifier::readAdapter));
        Progress progress = Progress.on(command().commandLine().getErr());
        List<Judged> judged = new ArrayList<>();
        try {
            Evaluation evaluation = new Evaluation(
                    predictor,
                    (done, total) -> progress.show(done, total, name + ", " + done + " of " + total + " rows"));
            Mode mode = evaluation.evaluate(choice, judged::add).mode();
            return new Answers(mode, judged);
        } finally {
            progress.end();
        }
    }

    private CommandSpec command() {
        return Objects.requireNonNull(spec);
    }
}
