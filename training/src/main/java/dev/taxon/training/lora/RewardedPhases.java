package dev.taxon.training.lora;

import dev.taxon.training.policy.RunawayException;
import dev.taxon.training.policy.ValueHead;
import dev.taxon.training.run.Extent;
import dev.taxon.training.run.Phase;
import dev.taxon.training.run.RateSchedule;
import dev.taxon.training.run.StopSignal;
import dev.taxon.training.run.TrainingEvent;
import dev.taxon.training.run.TrainingListener;
import dev.taxon.training.step.AdapterTrainer;
import dev.taxon.training.step.PolicyTrainer;
import dev.taxon.training.step.StoredTensor;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The parts of a job: judged rows are scored, the adapter learns from rewards, and they are scored again. Used by one
 * thread.
 */
final class RewardedPhases {
    private static final double WARMUP_SHARE = 0.05;

    private final RewardedJob job;
    private final AdapterTrainer trainer;
    private final RowEncoder encoder;
    private final int textFeatures;
    private final RowScorer scorer;
    private final Path folder;
    private final Path own;
    private final TrainingListener listener;
    private final StopSignal stop;

    /**
     * A job's parts.
     *
     * @param textFeatures size of what the value head is told of a text
     */
    RewardedPhases(
            RewardedJob job,
            AdapterTrainer trainer,
            RowEncoder encoder,
            int textFeatures,
            Path folder,
            TrainingListener listener,
            StopSignal stop) {
        this.job = job;
        this.trainer = trainer;
        this.encoder = encoder;
        this.textFeatures = textFeatures;
        this.scorer = new RowScorer(trainer, encoder, job.task().examples(), job.task()::judgedPlace);
        this.folder = folder;
        this.own = folder.resolve("policy");
        this.listener = listener;
        this.stop = stop;
    }

    /** Does what is left to do; empty when asked to stop. */
    Optional<LoraPhases.Learned> run() {
        job.start().ifPresentOrElse(trainer::begin, () -> trainer.begin(job.seed()));
        Optional<List<float[]>> before = scored("before");
        Optional<int[]> lengths = before.flatMap(known -> lengths());
        if (lengths.isEmpty()) {
            return Optional.empty();
        }
        PolicyTrainer policy = PolicyTrainer.begin(trainer, valueHead());
        RewardedCurriculum curriculum = curriculum(policy, lengths.get());
        boolean stopped = new Phase(own, job.identity(), listener, stop)
                .run(curriculum, policy)
                .isPresent();
        if (stopped) {
            return Optional.empty();
        }
        curriculum.runaway().ifPresent(runaway -> fallBack(runaway, curriculum.steps(), policy));
        return scored("after").map(after -> learned(before.get(), after));
    }

    private List<StoredTensor> valueHead() {
        return ValueHead.over(textFeatures).parameters(job.seed()).stream()
                .map(tensor -> new StoredTensor(
                        tensor.name(),
                        Arrays.stream(tensor.shape()).boxed().toList(),
                        () -> FloatBuffer.wrap(tensor.values())))
                .toList();
    }

    private RewardedCurriculum curriculum(PolicyTrainer policy, int[] lengths) {
        EpochBatches batches = batches(lengths);
        EpochPlan plan = job.extent() instanceof Extent.Steps steps
                ? EpochPlan.ofSteps(batches, steps.steps())
                : EpochPlan.of(batches, epochs(((Extent.Rows) job.extent()).rows()));
        int steps = job.extent() instanceof Extent.Steps exact ? exact.steps() : plan.steps();
        RateSchedule schedule = new RateSchedule(steps, WARMUP_SHARE, RateSchedule.Decay.LINEAR);
        return new RewardedCurriculum(
                job, policy, encoder, plan, schedule, StepLog.in(own), new HealthyState(own), listener);
    }

    private EpochBatches batches(int[] lengths) {
        int[] numbers = IntStream.range(0, lengths.length).toArray();
        LoraSettings.Schedule size = new LoraSettings.Schedule(1, job.settings().batchRows(), job.batchTokens());
        return new EpochBatches(numbers, lengths, size, job.seed());
    }

    private Optional<int[]> lengths() {
        List<RewardedRow> rows = job.task().rows();
        return RowEncoder.lengths(rows.size(), row -> length(rows.get(row)), stop);
    }

    private int length(RewardedRow row) {
        return encoder.length(row.row().place(), row.text(), row.row().labels());
    }

    private int epochs(long rows) {
        return Math.toIntExact((rows - 1) / job.task().rows().size() + 1);
    }

    private void fallBack(RunawayException runaway, int ended, PolicyTrainer policy) {
        int kept = new HealthyState(own).restore(ended, policy);
        listener.on(new TrainingEvent.Warned(
                "policy_runaway",
                runaway.getMessage() + " The adapter kept is that of step " + kept + ", the last healthy checkpoint."));
    }

    private LoraPhases.Learned learned(List<float[]> before, List<float[]> after) {
        RewardedTask task = job.task();
        int[] oneFold = new int[task.judged().length];
        JudgedRows judged = new JudgedRows(task.judged(), task.examples(), after, before, oneFold);
        return new LoraPhases.Learned(trainer.updates(), Optional.of(judged), StepLog.in(own)::panels);
    }

    private Optional<List<float[]>> scored(String name) {
        int[] everyJudged = IntStream.range(0, job.task().examples().size()).toArray();
        return new LogitsFile(folder.resolve(name + ".logits"))
                .orElse(job.task().examples(), () -> scorer.score(everyJudged, stop));
    }
}
