package dev.taxon.training.adapter;

import dev.taxon.core.Mode;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.core.torch.Precision;
import dev.taxon.training.data.Example;
import dev.taxon.training.policy.PolicySettings;
import dev.taxon.training.policy.PolicySettings.Baseline;
import dev.taxon.training.policy.PolicySettings.Limit;
import dev.taxon.training.policy.PolicySettings.Rates;
import dev.taxon.training.policy.PolicySettings.Terms;
import dev.taxon.training.policy.Reward;
import dev.taxon.training.policy.Rewards;
import dev.taxon.training.ppo.RewardedSettings;
import dev.taxon.training.ppo.RewardedTask;
import dev.taxon.training.run.Extent;
import dev.taxon.training.run.StopSignal;
import dev.taxon.training.run.TrainingEvent;
import dev.taxon.training.run.TrainingEvent.Rewarded;
import dev.taxon.training.run.TrainingListener;
import dev.taxon.training.step.AdapterSize;
import dev.taxon.training.step.AdapterTarget;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;

/** Whole jobs on a small real checkpoint that learn from rewards. */
public abstract class RewardedJobs {
    private static final Path SMALL = Path.of("../core/src/test/resources/oracle/bert-simple-first");
    protected static final List<String> LABELS = List.of("sports", "politics", "cooking");
    protected static final List<String> SENTENCES =
            List.of("The striker scored twice", "Parliament passed the bill", "Simmer the sauce for an hour");
    protected static final PolicySettings QUICK = settings(1e-3, new Terms(0.01, 0.02), new Limit(5, 5));

    protected final List<TrainingEvent> events = new ArrayList<>();

    @TempDir
    protected Path folder;

    protected List<Rewarded> rewarded() {
        return events.stream()
                .filter(Rewarded.class::isInstance)
                .map(Rewarded.class::cast)
                .toList();
    }

    protected static TrainingListener stopAfter(int steps, StopSignal stop) {
        return event -> {
            if (event instanceof Rewarded step && step.step() == steps) {
                stop.request();
            }
        };
    }

    /** A step that is learned and noted, and no checkpoint of it. */
    protected static TrainingListener crashAfter(int steps) {
        return event -> {
            if (event instanceof Rewarded step && step.step() == steps) {
                throw new CancellationException("crash");
            }
        };
    }

    protected AdapterResult learned(RewardedJob job, Path out) {
        return run(job, out, false, events::add, new StopSignal()).orElseThrow();
    }

    protected static Optional<AdapterResult> run(
            RewardedJob job, Path out, boolean resume, TrainingListener listener, StopSignal stop) {
        try (Checkpoint checkpoint = Checkpoints.open(SMALL)) {
            return new AdapterTraining(job, checkpoint, Precision.FP32, listener, stop).run(out, resume);
        }
    }

    protected static RewardedJob job(PolicySettings settings, Reward reward, int steps, long seed) {
        RewardedTask task = RewardedTask.ofLabelled(examples(60), Mode.SINGLE_LABEL, 0.2, seed);
        return job(task, settings, reward, steps, seed);
    }

    protected static RewardedJob job(RewardedTask task, PolicySettings settings, Reward reward, int steps, long seed) {
        RewardedSettings own = new RewardedSettings(
                settings,
                new Rewards(List.of(new Rewards.Component("own", 1, reward))),
                new Extent.Steps(steps),
                new AdapterSize(4, 8, EnumSet.allOf(AdapterTarget.class)),
                2048,
                seed);
        return new RewardedJob(task, own, null, Optional.empty(), Map.of());
    }

    protected static PolicySettings settings(double rate, Terms terms, Limit limit) {
        return new PolicySettings(16, 2, 0.2, terms, new Rates(rate, rate, 1e-2), Baseline.defaults(), limit);
    }

    protected static List<Example> examples(int rows) {
        return IntStream.range(0, rows)
                .mapToObj(row -> new Example(SENTENCES.get(row % 3) + " " + row, LABELS, List.of(LABELS.get(row % 3))))
                .toList();
    }
}
