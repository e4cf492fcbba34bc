package dev.taxon.cli.validate;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taxon.cli.console.PageOption;
import dev.taxon.cli.console.Progress;
import dev.taxon.cli.console.WrongUse;
import dev.taxon.cli.model.Models;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.prompt.Tokenizer;
import dev.taxon.training.data.validation.DataPart;
import dev.taxon.training.data.validation.DataValidation;
import dev.taxon.training.data.validation.ReportJson;
import dev.taxon.training.data.validation.ReportPage;
import dev.taxon.training.data.validation.TokenLimits;
import dev.taxon.training.data.validation.ValidationOptions;
import dev.taxon.training.data.validation.ValidationReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
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

/** Reports what is wrong, or odd, with labelled data before anything is trained on it. */
@Command(
        name = "validate-data",
        sortOptions = false,
        description = {
            "Report what is wrong, or odd, with labelled data: files of JSON Lines, CSV (both plain or .gz) or Parquet.",
            "Places and names of labels are shown, texts never. Exit status 1 when there are errors; warnings do not count."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  taxon validate-data --data tickets.csv",
            "  taxon validate-data --data train=train.jsonl.gz --data test=test.parquet --json",
            "  taxon validate-data --data mails.csv --text-column body --label-column queue --labels billing,delivery"
        })
public final class ValidateDataCommand implements Callable<Integer> {
    private static final int HAS_ERRORS = 1;

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "[ROLE=]F",
            description =
                    "A file or a folder of them, and what it is for: train (the default), validation or test; may be"
                            + " repeated.")
    List<String> data = List.of();

    @Option(
            names = "--labels",
            split = ",",
            paramLabel = "L",
            description = "The label set. Default: what the rows offer in all_labels, or have.")
    List<String> labels = List.of();

    @Mixin
    ColumnOptions columns = new ColumnOptions();

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "The checkpoint whose tokenizer and limits texts are held against. Default: taxon-small.")
    @Nullable
    Path model;

    @Option(
            names = "--max-text-tokens",
            paramLabel = "N",
            description = "Where a training will cut texts. Default: where the model cuts them when it answers.")
    @Nullable
    Integer maxTextTokens;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    boolean json;

    @Mixin
    PageOption page = new PageOption();

    @Override
    public Integer call() throws IOException {
        page.check();
        List<DataPart> parts = DataParts.of(data);
        ValidationReport report = report(parts, options());
        PrintWriter out = command().commandLine().getOut();
        out.print(json ? new ObjectMapper().writeValueAsString(ReportJson.of(report)) + "\n" : ReportTable.of(report));
        out.flush();
        if (page.asked()) {
            page.write(ReportPage.html(report));
        }
        return report.passed() ? 0 : HAS_ERRORS;
    }

    private ValidationReport report(List<DataPart> parts, ValidationOptions options) {
        Progress progress = Progress.on(command().commandLine().getErr());
        try (Checkpoint checkpoint = Models.checkpoint(model);
                Tokenizer tokenizer = Tokenizer.of(checkpoint.tokenizerJson().get())) {
            TokenLimits limits = maxTextTokens == null
                    ? TokenLimits.ofModel(checkpoint.config(), tokenizer)
                    : TokenLimits.ofTraining(tokenizer, maxTextTokens);
            return DataValidation.of(
                    parts,
                    options.withTokens(limits),
                    (rows, total) -> progress.show(rows, total, rows + " of " + total + " rows"));
        } finally {
            progress.end();
        }
    }

    private ValidationOptions options() {
        if (maxTextTokens != null && maxTextTokens < TokenLimits.LEAST_TEXT_TOKENS) {
            throw new WrongUse("--max-text-tokens takes a number from " + TokenLimits.LEAST_TEXT_TOKENS + " on");
        }
        try {
            List<String> names = labels.stream().map(String::strip).toList();
            return new ValidationOptions(columns.names(), names, Optional.empty());
        } catch (IllegalArgumentException wrong) {
            throw new WrongUse("--labels: " + wrong.getMessage(), wrong);
        }
    }

    private CommandSpec command() {
        return Objects.requireNonNull(spec);
    }
}
