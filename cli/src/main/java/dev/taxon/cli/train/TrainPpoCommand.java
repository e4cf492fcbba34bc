package dev.taxon.cli.train;

import dev.taxon.cli.console.WrongUse;
import dev.taxon.core.Mode;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.CheckpointDigest;
import dev.taxon.training.data.Example;
import dev.taxon.training.data.LabelledSet;
import dev.taxon.training.lora.LoraResult;
import dev.taxon.training.lora.RewardedJob;
import dev.taxon.training.lora.RewardedTask;
import dev.taxon.training.lora.RewardedTraining;
import dev.taxon.training.run.TerminationStop;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
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

/** An adapter from rewards. */
@Command(
        name = "ppo",
        sortOptions = false,
        description = {
            "Train an adapter from rewards (PPO): the model answers, is told what each answer is worth, and learns.",
            "Best begun --from an adapter of train lora. It stops by itself when it runs away from its start. Ctrl-C"
                    + " writes a checkpoint and stops; the same command with --resume goes on to the same result."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  taxon train ppo --data tickets.jsonl --out adapters/tuned --from adapters/support/adapter",
            "  taxon train ppo --data tickets.jsonl --out adapters/tuned --reward f1=1,recall=0.5 --kl 0.2",
            "  taxon train ppo --data tickets.jsonl --feedback judged.jsonl --out adapters/tuned",
            "  taxon train ppo --data spam.csv --cost costs.csv --out adapters/careful --resume --json"
        })
final class TrainPpoCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    ExampleOptions examples = new ExampleOptions();

    @Mixin
    RewardOptions rewards = new RewardOptions();

    @Mixin
    AdapterOutput output = new AdapterOutput();

    @Mixin
    BaseOptions base = new BaseOptions();

    @ArgGroup(validate = false, heading = "%nHow it learns:%n")
    PpoOptions options = new PpoOptions();

    @Override
    public Integer call() throws IOException {
        Optional<Mode> asked = examples.mode();
        PrintWriter console = command().commandLine().getOut();
        PrintWriter err = command().commandLine().getErr();
        try (Checkpoint checkpoint = base.open()) {
            examples.validate(checkpoint, err);
            RewardedJob job = job(examples.sets(), asked, checkpoint);
            // Before the run begins nothing is lost when the process just ends.
            try (TerminationStop stop = TerminationStop.install()) {
                Optional<LoraResult> result = new RewardedTraining(
                                job, checkpoint, base.precision(), output.listener(console, err), stop.signal())
                        .run(output.out, output.resume);
                result.ifPresent(learned -> output.tell(learned, "the start", console));
            }
        }
        return 0;
    }

    private RewardedJob job(List<LabelledSet> sets, Optional<Mode> asked, Checkpoint checkpoint) throws IOException {
        if (base.from != null && options.rank != null) {
            throw new WrongUse("--from brings its own layers and ranks; leave --rank out");
        }
        List<Example> rows = examples.examples(sets);
        Mode mode = ExampleOptions.mode(rows, asked);
        Map<String, String> facts = new LinkedHashMap<>(BaseOptions.facts(checkpoint, sets));
        try {
            facts.putAll(rewards.facts());
            RewardedTask task = rewards.task(rows, mode, options.heldOut, options.seed);
            return new RewardedJob(
                    task,
                    options.settings(),
                    rewards.rewards(),
                    options.extent(task.rows().size()),
                    options.size(mode),
                    options.batchTokens,
                    base.maxLength,
                    base.start(checkpoint, CheckpointDigest.of(checkpoint)),
                    options.seed,
                    facts);
        } catch (IllegalArgumentException wrong) {
            throw WrongUse.of(wrong);
        }
    }

    private CommandSpec command() {
        return Objects.requireNonNull(spec);
    }
}
