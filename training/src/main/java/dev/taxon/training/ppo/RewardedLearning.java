package dev.taxon.training.ppo;

import dev.taxon.training.learning.BatchSize;
import dev.taxon.training.learning.EpochBatches;
import dev.taxon.training.learning.EpochPlan;
import dev.taxon.training.learning.JudgedRows;
import dev.taxon.training.learning.LearnedAdapter;
import dev.taxon.training.learning.RowScorer;
import dev.taxon.training.learning.Session;
import dev.taxon.training.policy.RunawayException;
import dev.taxon.training.policy.ValueHead;
import dev.taxon.training.run.Extent;
import dev.taxon.training.run.RateSchedule;
import dev.taxon.training.run.TrainingEvent;
import dev.taxon.training.step.PolicyTrainer;
import dev.taxon.training.step.StoredTensor;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Learns from rewards, in parts: judged rows are scored, the adapter learns, and they are scored again. A policy that runs
 * away from its reference ends it with a warning; the adapter is then that of the last healthy checkpoint. Used by one
 * thread.
 */
public final class RewardedLearning {
    private static final double WARMUP_SHARE = 0.05;

    private final RewardedTask task;
    private final RewardedSettings settings;
    private final Session session;
    private final int textFeatures;
    private final RowScorer scorer;
    private final Path own;

    /**
     * What is to be learned.
     *
     * @param textFeatures size of what the value head is told of a text
     */
    public RewardedLearning(RewardedTask task, RewardedSettings settings, Session session, int textFeatures) {
        this.task = task;
        this.settings = settings;
        this.session = session;
        this.textFeatures = textFeatures;
        this.scorer = session.scorer(task.examples(), task::judgedPlace);
        this.own = session.folder().resolve("policy");
    }

    /**
     * Does what is left to do; empty when asked to stop.
     *
     * @throws dev.taxon.training.policy.RewardException when an answer cannot be rewarded
     */
    public Optional<LearnedAdapter> run() {
        session.begin(settings.seed());
        Optional<List<float[]>> before = scored("before");
        List<RewardedRow> rows = task.rows();
        Optional<int[]> lengths = before.flatMap(
                known -> session.lengths(rows.size(), row -> rows.get(row).placed()));
        if (lengths.isEmpty()) {
            return Optional.empty();
        }
        PolicyTrainer policy = PolicyTrainer.begin(session.trainer(), valueHead());
        RewardedCurriculum curriculum = curriculum(policy, lengths.get());
        if (!session.learn(curriculum, policy, own, session.listener())) {
            return Optional.empty();
        }
        curriculum.runaway().ifPresent(runaway -> fallBack(runaway, curriculum.steps(), policy));
        return scored("after").map(after -> learned(before.get(), after));
    }

    private List<StoredTensor> valueHead() {
        return ValueHead.over(textFeatures).parameters(settings.seed()).stream()
                .map(tensor -> new StoredTensor(
                        tensor.name(),
                        Arrays.stream(tensor.shape()).boxed().toList(),
                        () -> FloatBuffer.wrap(tensor.values())))
                .toList();
    }

    private RewardedCurriculum curriculum(PolicyTrainer policy, int[] lengths) {
        EpochBatches batches = batches(lengths);
        EpochPlan plan = settings.extent() instanceof Extent.Steps steps
                ? EpochPlan.ofSteps(batches, steps.steps())
                : EpochPlan.of(batches, epochs(((Extent.Rows) settings.extent()).rows()));
        int steps = settings.extent() instanceof Extent.Steps exact ? exact.steps() : plan.steps();
        RateSchedule schedule = new RateSchedule(steps, WARMUP_SHARE, RateSchedule.Decay.LINEAR);
        return new RewardedCurriculum(
                task,
                settings,
                policy,
                session.encoder(),
                plan,
                schedule,
                StepLog.in(own),
                new HealthyState(own),
                session.listener());
    }

    private EpochBatches batches(int[] lengths) {
        BatchSize size = new BatchSize(settings.policy().batchRows(), settings.batchTokens());
        return new EpochBatches(Session.everyRow(lengths.length), lengths, size, settings.seed());
    }

    private int epochs(long rows) {
        return Math.toIntExact((rows - 1) / task.rows().size() + 1);
    }

    private void fallBack(RunawayException runaway, int ended, PolicyTrainer policy) {
        int kept = new HealthyState(own).restore(ended, policy);
        session.listener()
                .on(new TrainingEvent.Warned(
                        "policy_runaway",
                        runaway.getMessage() + " The adapter kept is that of step " + kept
                                + ", the last healthy checkpoint."));
    }

    private LearnedAdapter learned(List<float[]> before, List<float[]> after) {
        int[] oneFold = new int[task.judged().length];
        JudgedRows judged = new JudgedRows(task.judged(), task.examples(), after, before, oneFold, !task.apart());
        return new LearnedAdapter(session.trainer().updates(), Optional.of(judged), StepLog.in(own)::panels);
    }

    private Optional<List<float[]>> scored(String name) {
        return session.scored(name, scorer, Session.everyRow(task.examples().size()));
    }
}
