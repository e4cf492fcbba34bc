package dev.taxon.cli.train;

import dev.taxon.cli.console.WrongUse;
import dev.taxon.core.Mode;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.CheckpointDigest;
import dev.taxon.training.data.Example;
import dev.taxon.training.data.LabelledSet;
import dev.taxon.training.lora.LearningTask;
import dev.taxon.training.lora.LoraJob;
import dev.taxon.training.lora.LoraResult;
import dev.taxon.training.lora.LoraSettings;
import dev.taxon.training.lora.LoraTraining;
import dev.taxon.training.run.TerminationStop;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
            "  taxon train lora --data new.jsonl --out adapters/newer --from adapters/support --rehearse tickets.jsonl",
            "  taxon train lora --data tickets.jsonl --out adapters/support --resume --json"
        })
final class TrainLoraCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    ExampleOptions examples = new ExampleOptions();

    @Mixin
    AdapterOutput output = new AdapterOutput();

    @Mixin
    BaseOptions base = new BaseOptions();

    @Mixin
    RehearsalOptions rehearsed = new RehearsalOptions();

    @ArgGroup(validate = false, heading = "%nHow it learns (defaults follow from the data's size):%n")
    LoraOptions options = new LoraOptions();

    @Override
    public Integer call() throws IOException {
        Optional<Mode> asked = examples.mode();
        PrintWriter console = command().commandLine().getOut();
        PrintWriter err = command().commandLine().getErr();
        try (Checkpoint checkpoint = base.open()) {
            examples.validate(checkpoint, err);
            List<LabelledSet> sets = examples.sets();
            LoraJob job = job(task(sets, asked), sets, checkpoint);
            // Before the run begins nothing is lost when the process just ends.
            try (TerminationStop stop = TerminationStop.install()) {
                Optional<LoraResult> result = new LoraTraining(
                                job, checkpoint, base.precision(), output.listener(console, err), stop.signal())
                        .run(output.out, output.resume);
                result.ifPresent(learned -> output.tell(learned, "the base", console));
            }
        }
        return 0;
    }

    private LearningTask task(List<LabelledSet> sets, Optional<Mode> asked) {
        List<Example> rows = examples.examples(sets);
        LearningTask task = LearningTask.of(rows, ExampleOptions.mode(rows, asked));
        if (task.labels().isEmpty()) {
            command()
                    .commandLine()
                    .getErr()
                    .println("warning: rows offer different sets of labels, so that the adapter has none of its own;"
                            + " --labels gives it one.");
        }
        return task;
    }

    private LoraJob job(LearningTask task, List<LabelledSet> sets, Checkpoint checkpoint) {
        if (base.from != null && options.choosesSize()) {
            throw new WrongUse("--from brings its own layers and ranks; leave --rank, --alpha and --targets out");
        }
        List<LabelledSet> older = rehearsed.sets(examples);
        LearningTask whole = task.withRehearsal(rehearsed.rehearsal(older, base.from != null));
        Map<String, String> facts = BaseOptions.facts(checkpoint, sets);
        older.forEach(set -> facts.put("rehearsed " + set.name(), set.digest()));
        Optional<Adapter> start = base.start(checkpoint, CheckpointDigest.of(checkpoint));
        return new LoraJob(whole, settings(task), base.maxLength, start, facts);
    }

    private LoraSettings settings(LearningTask task) {
        try {
            return options.settings(task.examples().size(), task.labelCount(), task.mode());
        } catch (IllegalArgumentException wrong) {
            throw WrongUse.of(wrong);
        }
    }

    private CommandSpec command() {
        return Objects.requireNonNull(spec);
    }
}
