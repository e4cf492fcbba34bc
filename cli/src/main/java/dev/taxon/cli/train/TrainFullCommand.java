package dev.taxon.cli.train;

import dev.taxon.cli.console.Progress;
import dev.taxon.cli.console.WrongUse;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.prompt.Tokenizer;
import dev.taxon.training.data.LabelledSets;
import dev.taxon.training.run.FullTraining;
import dev.taxon.training.run.FullTrainingSettings;
import dev.taxon.training.run.StopSignal;
import dev.taxon.training.run.TerminationStop;
import dev.taxon.training.run.TrainingListener;
import dev.taxon.training.run.TrainingSource;
import dev.taxon.training.sampling.PromptTokens;
import dev.taxon.training.step.LateMixingTrainer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Supervised training of encoder and heads. */
@Command(
        name = "full",
        sortOptions = false,
        description = {
            "Train encoder and heads on rows {\"text\", \"all_labels\", \"true_labels\"}, one a line.",
            "Ctrl-C writes a checkpoint and stops; the same command with --resume goes on to the same result."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  taxon train full --data train/ --out runs/first",
            "  taxon train full --data a.jsonl.gz --data b.jsonl.gz --out runs/first --rows 200000 --seed 7",
            "  taxon train full --data train/ --out runs/first --resume --json"
        })
final class TrainFullCommand implements Callable<Integer> {
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
            description = "The run's folder: checkpoints/, curve.jsonl, curve.html and, in the end, model/.")
    Path out = Path.of("");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What the model calls itself in answers. Default: the name of --out.")
    @Nullable
    String name;

    @Option(names = "--resume", description = "Go on from the last checkpoint in --out, if there is one.")
    boolean resume;

    @Option(names = "--json", description = "Progress as JSON lines on standard output.")
    boolean json;

    @ArgGroup(validate = false, heading = "%nWhat it starts from:%n")
    StartOptions start = new StartOptions();

    @ArgGroup(validate = false, heading = "%nHow it learns:%n")
    RunOptions run = new RunOptions();

    @ArgGroup(validate = false, heading = "%nWhat it sees:%n")
    SamplingOptions sampling = new SamplingOptions();

    @Override
    public Integer call() {
        FullTrainingSettings settings = settings();
        try (Checkpoint checkpoint = start.open();
                Tokenizer tokenizer = Tokenizer.of(checkpoint.tokenizerJson().get())) {
            PromptTokens tokens = start.tokens(checkpoint, tokenizer);
            TrainingSource source = new TrainingSource(LabelledSets.readAll(data), tokens, start.facts(checkpoint));
            try (LateMixingTrainer trainer = LateMixingTrainer.load(checkpoint, start.precision(), sampling.seed)) {
                StopSignal stop = new StopSignal();
                FullTraining training = new FullTraining(settings, source, trainer, listener(), stop);
                // Before the run begins nothing is lost when the process just ends.
                try (TerminationStop held = TerminationStop.install(stop)) {
                    training.run(out, resume);
                }
            }
        }
        return 0;
    }

    FullTrainingSettings settings() {
        try {
            return run.settings(sampling.settings(), name == null ? nameOf(out) : name);
        } catch (IllegalArgumentException wrongUse) {
            throw WrongUse.of(wrongUse);
        }
    }

    private static String nameOf(Path folder) {
        return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    }

    private TrainingListener listener() {
        PrintWriter console = command().commandLine().getOut();
        return json
                ? new EventLines(console)
                : new EventView(console, Progress.on(command().commandLine().getErr()));
    }

    private CommandSpec command() {
        return Objects.requireNonNull(spec);
    }
}
