package dev.taxon.cli.train;

import dev.taxon.cli.console.WrongUse;
import dev.taxon.cli.lineage.EarlierData;
import dev.taxon.core.Mode;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.CheckpointDigest;
import dev.taxon.training.adapter.AdapterJob;
import dev.taxon.training.adapter.AdapterResult;
import dev.taxon.training.adapter.AdapterTraining;
import dev.taxon.training.data.Example;
import dev.taxon.training.data.LabelledSet;
import dev.taxon.training.learning.LearnedBefore;
import dev.taxon.training.run.TerminationStop;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Trains an adapter; what it learns from, a command says. */
abstract sealed class AdapterCommand implements Callable<Integer> permits TrainLoraCommand, TrainPpoCommand {
    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    ExampleOptions examples = new ExampleOptions();

    @Mixin
    AdapterOutput output = new AdapterOutput();

    @Mixin
    BaseOptions base = new BaseOptions();

    /**
     * What a job begins with, whatever it learns from.
     *
     * @param rows of all sets, with the labels that they are offered
     * @param start reads the adapter to go on from, if there is one
     * @param before rows that the adapter to go on from had learned
     * @param facts what a run that goes on must share with the one that was stopped
     */
    record Basis(
            List<Example> rows,
            Mode mode,
            @Nullable Integer maxLength,
            Supplier<Optional<Adapter>> start,
            LearnedBefore before,
            Map<String, String> facts) {}

    /** Throws {@link IllegalArgumentException} for what makes no sense, in words for the user. */
    abstract AdapterJob job(Basis basis) throws IOException;

    /** What the report compares with, in words. */
    abstract String before();

    /** Refuses options that do not go together, before anything is read. */
    abstract void check();

    @Override
    public final Integer call() throws IOException {
        Optional<Mode> asked = examples.mode();
        check();
        PrintWriter console = command().commandLine().getOut();
        PrintWriter err = err();
        try (Checkpoint checkpoint = base.open()) {
            examples.validate(checkpoint, err);
            AdapterJob job = job(checkpoint, asked);
            // Before the run begins nothing is lost when the process just ends.
            try (TerminationStop stop = TerminationStop.install()) {
                Optional<AdapterResult> result = new AdapterTraining(
                                job,
                                checkpoint,
                                base.precision(output.begunIn()),
                                output.listener(console, err),
                                stop.signal())
                        .run(output.out, output.resume);
                result.ifPresent(learned -> output.tell(learned, before(), console));
            }
        }
        return 0;
    }

    /** An empty cell may be meant or not, and makes another task of the rows. */
    private Mode mode(List<Example> rows, Optional<Mode> asked) {
        Mode mode = ExampleOptions.mode(rows, asked);
        boolean severalLabels = rows.stream().anyMatch(row -> row.trueLabels().size() > 1);
        if (asked.isEmpty() && mode == Mode.MULTI_LABEL && !severalLabels) {
            err().println("warning: the task is multi-label, because of rows without a label; no row has several."
                    + " --mode single-label has one label answered always.");
        }
        return mode;
    }

    private AdapterJob job(Checkpoint checkpoint, Optional<Mode> asked) throws IOException {
        List<LabelledSet> sets = examples.sets();
        List<Example> rows = examples.examples(sets);
        EarlierData earlier = EarlierData.of(base.from);
        Map<String, String> facts = BaseOptions.facts(checkpoint, sets);
        facts.putAll(earlier.facts());
        Basis basis = new Basis(
                rows,
                mode(rows, asked),
                base.maxLength,
                () -> base.start(checkpoint, CheckpointDigest.of(checkpoint)),
                earlier.rows(sets),
                facts);
        try {
            return job(basis);
        } catch (IllegalArgumentException wrong) {
            throw WrongUse.of(wrong);
        }
    }

    final PrintWriter err() {
        return command().commandLine().getErr();
    }

    private CommandSpec command() {
        return Objects.requireNonNull(spec);
    }
}
