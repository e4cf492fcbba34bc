package dev.taxon.cli.train;

import dev.taxon.cli.console.CommandFailure;
import dev.taxon.cli.console.ModeWord;
import dev.taxon.cli.console.WrongUse;
import dev.taxon.cli.validate.ColumnOptions;
import dev.taxon.core.Mode;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.prompt.Tokenizer;
import dev.taxon.training.data.Example;
import dev.taxon.training.data.ExampleMode;
import dev.taxon.training.data.LabelledSet;
import dev.taxon.training.data.LabelledSets;
import dev.taxon.training.data.validation.DataPart;
import dev.taxon.training.data.validation.DataValidation;
import dev.taxon.training.data.validation.Finding;
import dev.taxon.training.data.validation.Role;
import dev.taxon.training.data.validation.Severity;
import dev.taxon.training.data.validation.TokenLimits;
import dev.taxon.training.data.validation.ValidationOptions;
import dev.taxon.training.data.validation.ValidationReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Labelled rows that an adapter learns from or is judged by. */
final class ExampleOptions {
    @Option(
            names = "--data",
            required = true,
            paramLabel = "F",
            description = "A file (.jsonl, .csv, plain or .gz; .parquet) or a folder of them; may be repeated.")
    List<Path> data = List.of();

    @Option(
            names = "--labels",
            split = ",",
            paramLabel = "L",
            description = "The label set. Default: what the rows offer, or have.")
    List<String> labels = List.of();

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "single-label or multi-label. Default: what the rows say.")
    @Nullable
    String mode;

    @Mixin
    ColumnOptions columns = new ColumnOptions();

    /** What was asked for, if anything. */
    Optional<Mode> mode() {
        return ModeWord.read(mode);
    }

    /** What was asked for, or else what the rows say. Throws {@link WrongUse} where the two do not go together. */
    static Mode mode(List<Example> examples, Optional<Mode> asked) {
        try {
            return ExampleMode.of(examples, asked);
        } catch (IllegalArgumentException wrong) {
            throw new WrongUse("--mode single-label: " + wrong.getMessage(), wrong);
        }
    }

    /** Errors end the command, warnings are told. */
    void validate(Checkpoint checkpoint, PrintWriter err) throws IOException {
        List<DataPart> parts = LabelledSets.files(data).stream()
                .map(file -> new DataPart(Role.TRAIN, file))
                .toList();
        ValidationReport report;
        try (Tokenizer tokenizer = Tokenizer.of(checkpoint.tokenizerJson().get())) {
            TokenLimits limits = TokenLimits.ofModel(checkpoint.config(), tokenizer);
            report = DataValidation.of(parts, options().withTokens(limits));
        }
        report.findings(Severity.WARNING).forEach(finding -> err.println("warning: " + finding.message()));
        err.flush();
        if (!report.passed()) {
            throw new CommandFailure("The data cannot be trained on: "
                    + report.findings(Severity.ERROR).stream()
                            .map(Finding::message)
                            .collect(Collectors.joining(" ")) + " taxon validate-data says where.");
        }
    }

    private ValidationOptions options() {
        try {
            return new ValidationOptions(columns.names(), labels(), Optional.empty());
        } catch (IllegalArgumentException wrong) {
            throw new WrongUse("--labels: " + wrong.getMessage(), wrong);
        }
    }

    List<LabelledSet> sets() {
        return LabelledSets.readAll(data, columns.names());
    }

    /** All rows, with the labels that they are offered. */
    List<Example> examples(List<LabelledSet> sets) {
        List<String> offered = labels();
        return sets.stream()
                .flatMap(set -> set.examples().stream())
                .map(row -> offered.isEmpty() ? row : new Example(row.text(), offered, row.trueLabels()))
                .toList();
    }

    private List<String> labels() {
        return labels.stream().map(String::strip).toList();
    }
}
