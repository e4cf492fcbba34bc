package dev.taxon.cli.classify;

import dev.taxon.cli.console.CommandFailure;
import dev.taxon.cli.console.ModeWord;
import dev.taxon.cli.model.ModelOpener;
import dev.taxon.cli.model.ModelOptions;
import dev.taxon.core.Classification;
import dev.taxon.core.Classification.Scored;
import dev.taxon.core.Classifier;
import dev.taxon.core.batch.TokenBudgetPlanner;
import dev.taxon.sdk.wire.ClassifyInput;
import java.io.BufferedWriter;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Classifies texts in this process. */
@Command(
        name = "classify",
        description = {
            "Classify texts by the names of their classes, here and without a server.",
            "Lines of --in are inputs of the contract: text and labels, and as they need id, mode, threshold, top_k,"
                    + " on_long, max_length, hierarchical, prompt, examples, adapter. A result a line comes out, in the same order."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  taxon classify --labels sports,politics \"A late goal decided the final\"",
            "  taxon classify --labels billing,delivery --mode multi-label \"Late, and charged twice\"",
            "  echo '{\"text\": \"So good\", \"labels\": [\"praise\", \"complaint\"]}' | taxon classify --in -",
            "  taxon classify --in texts.jsonl --out results.jsonl --logits",
            "  taxon classify --adapter support=adapters/support --labels billing,delivery \"Where is my parcel?\""
        })
public final class ClassifyCommand implements Callable<Integer> {
    private static final String STANDARD = "-";
    private static final int TOKENS_A_BATCH = 8192;
    private static final int ROWS_A_BATCH = 64;

    private final ModelOpener models;
    private final InputStream standardInput;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    ModelOptions model = new ModelOptions();

    @Parameters(paramLabel = "TEXT", arity = "0..*", description = "Texts to classify; a small table each.")
    List<String> texts = List.of();

    @Option(
            names = "--labels",
            paramLabel = "A,B",
            split = ",",
            description = "Names to choose from; with --in, for lines that bring none.")
    List<String> labels = List.of();

    @Option(names = "--in", paramLabel = "FILE", description = "Inputs, one JSON object a line; - is standard input.")
    @Nullable
    String in;

    @Option(names = "--out", paramLabel = "FILE", description = "Where results go. Default: -, standard output.")
    String out = STANDARD;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "single-label or multi-label, for inputs that do not say. Default: the adapter's, or"
                    + " single-label.")
    @Nullable
    String mode;

    @Option(
            names = "--threshold",
            paramLabel = "T",
            description = "Score from which a label is predicted, for inputs that do not say. Default: 0.5 for"
                    + " multi-label, none for single-label.")
    @Nullable
    Double threshold;

    @Mixin
    AdapterOptions adapters = new AdapterOptions();

    @Option(names = "--logits", description = "Add each result's logits, in the order of its labels.")
    boolean logits;

    /** A command that opens models as told. */
    public ClassifyCommand(ModelOpener models, InputStream standardInput) {
        this.models = models;
        this.standardInput = standardInput;
    }

    @Override
    public Integer call() throws IOException {
        Defaults defaults = Defaults.ofOptions(labels, ModeWord.read(mode), threshold);
        if (in == null) {
            classifyTexts(defaults);
        } else {
            classifyLines(in, defaults);
        }
        return 0;
    }

    private void classifyTexts(Defaults defaults) {
        if (texts.isEmpty() || (defaults.labels().isEmpty() && !adapters.given())) {
            throw wrongUse(
                    "Give at least one text with --labels or --adapter, or --in with a file of inputs (- is standard input)");
        }
        if (logits || !out.equals(STANDARD)) {
            throw wrongUse("--logits and --out go with --in");
        }
        Map<String, Path> folders = adapters.ofTexts();
        try (Classifier classifier = models.open(model)) {
            CoreInputs inputs = new CoreInputs(defaults, AdapterOptions.read(folders, classifier));
            List<Classification> answers = classifier.classify(texts.stream()
                    .map(text -> inputs.from(ClassifyInput.builder(text).build()))
                    .toList());
            for (int index = 0; index < answers.size(); index++) {
                print(texts.get(index), answers.get(index));
            }
        }
    }

    private void print(String text, Classification answer) {
        PrintWriter console = command().commandLine().getOut();
        if (texts.size() > 1) {
            console.println(text);
        }
        if (!(answer instanceof Scored scored)) {
            throw new CommandFailure("The model's forward pass gave values that are not finite; try --precision fp32.");
        }
        console.print(ScoreTable.of(scored));
        console.flush();
    }

    private void classifyLines(String source, Defaults defaults) throws IOException {
        if (!texts.isEmpty()) {
            throw wrongUse("Give texts or --in, not both");
        }
        Map<String, Path> folders = adapters.folders();
        boolean standard = source.equals(STANDARD);
        if (!standard && Files.exists(Path.of(out)) && Files.isSameFile(Path.of(source), Path.of(out))) {
            throw wrongUse("--in and --out are the same file, which would be lost");
        }
        try (Lines lines = standard
                        ? new Lines("standard input", standardInput)
                        : new Lines(source, opened(Path.of(source)));
                Classifier classifier = models.open(model)) {
            LineClassifier work = new LineClassifier(
                    classifier,
                    new TokenBudgetPlanner(TOKENS_A_BATCH, ROWS_A_BATCH),
                    new CoreInputs(defaults, AdapterOptions.read(folders, classifier)),
                    new ResultWriter(logits));
            // Results of before are lost once this is open, so nothing is left that could be refused.
            try (Writer results = open(out)) {
                work.run(lines, results);
            }
        }
    }

    /** A channel to a pipe fails where it is asked what is ready. */
    private static InputStream opened(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (Files.isDirectory(file)) {
            throw new CommandFailure(file + " is a folder; --in takes a file.");
        }
        if (!Files.isReadable(file)) {
            throw new AccessDeniedException(file.toString());
        }
        return new FileInputStream(file.toFile());
    }

    private Writer open(String target) throws IOException {
        return target.equals(STANDARD)
                ? new BufferedWriter(new StandardOutput(command().commandLine().getOut()))
                : ResultFile.begin(Path.of(target));
    }

    private CommandSpec command() {
        return Objects.requireNonNull(spec);
    }

    private ParameterException wrongUse(String message) {
        return new ParameterException(command().commandLine(), message);
    }
}
