package dev.taxon.cli.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.cli.console.CommandFailure;
import dev.taxon.cli.console.Progress;
import dev.taxon.cli.console.WrongUse;
import dev.taxon.cli.model.Models;
import dev.taxon.cli.validate.ColumnOptions;
import dev.taxon.core.Machines;
import dev.taxon.core.Mode;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.AdapterFolder;
import dev.taxon.core.adapter.HeadWeights;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.CheckpointDigest;
import dev.taxon.core.prompt.Tokenizer;
import dev.taxon.core.torch.Precision;
import dev.taxon.training.data.Example;
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
import dev.taxon.training.lora.LearningTask;
import dev.taxon.training.lora.LoraJob;
import dev.taxon.training.lora.LoraResult;
import dev.taxon.training.lora.LoraSettings;
import dev.taxon.training.lora.LoraTraining;
import dev.taxon.training.run.TerminationStop;
import dev.taxon.training.run.TrainingListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** An adapter from examples. */
@Command(
        name = "lora",
        sortOptions = false,
        description = {
            "Train an adapter from labelled examples: a handful a label, or a hundred thousand rows.",
            "Every setting has a default that follows from the size of the data. Ctrl-C writes a checkpoint and stops;"
                    + " the same command with --resume goes on to the same result."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  taxon train lora --data tickets.csv --out adapters/support",
            "  taxon train lora --data tickets.jsonl --out adapters/support --from adapters/older/adapter --seed 7",
            "  taxon train lora --data tickets.jsonl --out adapters/support --resume --json"
        })
final class TrainLoraCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "F",
            description = "A file (.jsonl, .csv, plain or .gz; .parquet) or a folder of them; may be repeated.")
    List<Path> data = List.of();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The job's folder: in the end adapter/, report.json and report.html; run/ meanwhile.")
    Path out = Path.of("");

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "The base: a GLiClass checkpoint's folder. Default: taxon-small, built in.")
    @Nullable
    Path model;

    @Option(names = "--from", paramLabel = "ADAPTER", description = "An adapter's folder to go on from.")
    @Nullable
    Path from;

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

    @Option(
            names = "--precision",
            paramLabel = "P",
            description = "auto, fp32 or bf16. Default: auto, whichever is faster here.")
    LoraPrecision precision = LoraPrecision.AUTO;

    @Option(
            names = "--max-length",
            paramLabel = "N",
            description = "Most tokens of a row. Default: the model's own limit.")
    @Nullable
    Integer maxLength;

    @Option(names = "--resume", description = "Go on with what is in --out, if there is something.")
    boolean resume;

    @Option(names = "--json", description = "Progress as JSON lines on standard output.")
    boolean json;

    @ArgGroup(validate = false, heading = "%nHow it learns (defaults follow from the data's size):%n")
    LoraOptions options = new LoraOptions();

    @Override
    public Integer call() throws IOException {
        Optional<Mode> asked = mode();
        try (TerminationStop stop = TerminationStop.install();
                Checkpoint checkpoint = Models.checkpoint(model)) {
            validate(checkpoint);
            List<LabelledSet> sets = LabelledSets.readAll(data, columns.names());
            LearningTask task = task(sets, asked);
            LoraJob job = job(task, sets, checkpoint);
            Optional<LoraResult> result =
                    new LoraTraining(job, checkpoint, precision(), listener(), stop.signal()).run(out, resume);
            result.ifPresent(this::tell);
        }
        return 0;
    }

    private Optional<Mode> mode() {
        if (mode == null) {
            return Optional.empty();
        }
        return Optional.of(
                switch (mode) {
                    case "single-label" -> Mode.SINGLE_LABEL;
                    case "multi-label" -> Mode.MULTI_LABEL;
                    default -> throw new WrongUse("--mode is single-label or multi-label");
                });
    }

    /** Errors end the command, warnings are told. */
    private void validate(Checkpoint checkpoint) {
        List<DataPart> parts = LabelledSets.files(data).stream()
                .map(file -> new DataPart(Role.TRAIN, file))
                .toList();
        ValidationReport report;
        try (Tokenizer tokenizer = Tokenizer.of(checkpoint.tokenizerJson().get())) {
            TokenLimits limits = TokenLimits.ofModel(checkpoint.config(), tokenizer);
            report = DataValidation.of(parts, new ValidationOptions(columns.names(), labels, Optional.of(limits)));
        }
        PrintWriter err = command().commandLine().getErr();
        report.findings(Severity.WARNING).forEach(finding -> err.println("warning: " + finding.message()));
        err.flush();
        if (!report.passed()) {
            throw new CommandFailure("The data cannot be trained on: "
                    + report.findings(Severity.ERROR).stream()
                            .map(Finding::message)
                            .collect(Collectors.joining(" ")) + " taxon validate-data says where.");
        }
    }

    private ValidationOptions validationOptions() {
        try {
            return new ValidationOptions(columns.names(), labels, Optional.empty());
        } catch (IllegalArgumentException wrong) {
            throw new WrongUse("--labels: " + wrong.getMessage(), wrong);
        }
    }

    private LearningTask task(List<LabelledSet> sets, Optional<Mode> asked) {
        List<Example> examples = sets.stream()
                .flatMap(set -> set.examples().stream())
                .map(this::offered)
                .toList();
        Mode kind = asked.orElseGet(() -> LearningTask.modeOf(examples));
        if (kind == Mode.SINGLE_LABEL
                && examples.stream().anyMatch(example -> example.trueLabels().size() > 1)) {
            throw new WrongUse("--mode single-label: some rows have several true labels; take multi-label");
        }
        LearningTask task = LearningTask.of(examples, kind);
        if (task.labels().isEmpty()) {
            PrintWriter err = command().commandLine().getErr();
            err.println("warning: rows offer different sets of labels, so that the adapter has none of its own;"
                    + " --labels gives it one.");
            err.flush();
        }
        return task;
    }

    private Example offered(Example example) {
        return labels.isEmpty() ? example : new Example(example.text(), labels, example.trueLabels());
    }

    private LoraJob job(LearningTask task, List<LabelledSet> sets, Checkpoint checkpoint) {
        String base = CheckpointDigest.of(checkpoint);
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("model content digest", base);
        sets.forEach(set -> facts.put("data " + set.name(), set.digest()));
        if (from != null && options.choosesSize()) {
            throw new WrongUse("--from brings its own layers and ranks; leave --rank, --alpha and --targets out");
        }
        Optional<Adapter> start = Optional.ofNullable(from)
                .map(folder -> new AdapterFolder(checkpoint.config(), HeadWeights.of(checkpoint), base).read(folder));
        return new LoraJob(task, settings(task), maxLength, start, facts);
    }

    private LoraSettings settings(LearningTask task) {
        try {
            return options.settings(task.examples().size(), task.labelCount(), task.mode());
        } catch (IllegalArgumentException wrong) {
            throw new WrongUse(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private Precision precision() {
        return switch (precision) {
            case FP32 -> Precision.FP32;
            case BF16 -> Precision.BF16;
            case AUTO -> Machines.forTraining();
        };
    }

    private TrainingListener listener() {
        PrintWriter console = command().commandLine().getOut();
        return json
                ? new EventLines(console)
                : new EventView(console, Progress.on(command().commandLine().getErr()));
    }

    private void tell(LoraResult result) {
        PrintWriter console = command().commandLine().getOut();
        if (json) {
            ObjectNode line = JSON.createObjectNode()
                    .put("event", "adapter")
                    .put("adapter", result.adapter().toString())
                    .put("digest", result.digest());
            result.report()
                    .ifPresent(report -> line.put("macro_f1", report.metrics().macroF1())
                            .put("accuracy", report.metrics().accuracy()));
            console.println(line);
        } else {
            console.println("The adapter is in " + result.adapter() + " (" + result.digest() + ").");
            result.report()
                    .ifPresent(report -> console.println(String.format(
                            Locale.ROOT,
                            "%s Accuracy %.3f. Against the base, %s. The whole report is in %s.",
                            report.source().sentence(),
                            report.metrics().accuracy(),
                            report.withoutAdapter()
                                    .map(comparison -> comparison.verdict("the base", "the adapter"))
                                    .orElse("not compared"),
                            out.resolve("report.html"))));
        }
        console.flush();
    }

    private CommandSpec command() {
        return Objects.requireNonNull(spec);
    }

    /** Element types whose range gradients fit in as they are, or the faster one of them. */
    enum LoraPrecision {
        AUTO,
        FP32,
        BF16
    }
}
