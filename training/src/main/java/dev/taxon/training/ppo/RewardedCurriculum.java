package dev.taxon.training.ppo;

import dev.taxon.core.prompt.EncodedRow;
import dev.taxon.training.learning.EpochPlan;
import dev.taxon.training.learning.RowEncoder;
import dev.taxon.training.policy.DivergenceGuard;
import dev.taxon.training.policy.PolicyOptimizer;
import dev.taxon.training.policy.PolicyRow;
import dev.taxon.training.policy.PolicyStep;
import dev.taxon.training.policy.RewardSpread;
import dev.taxon.training.policy.RunawayException;
import dev.taxon.training.run.Curriculum;
import dev.taxon.training.run.RateSchedule;
import dev.taxon.training.run.StopSignal;
import dev.taxon.training.run.TrainingEvent;
import dev.taxon.training.run.TrainingException;
import dev.taxon.training.run.TrainingListener;
import dev.taxon.training.step.AdapterBatch;
import dev.taxon.training.step.PolicyTrainer;
import dev.taxon.training.step.StepResult;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The steps by which an adapter learns from rewards, which end early when the policy runs away from its reference. */
final class RewardedCurriculum implements Curriculum {
    private static final int CHECKPOINT_EVERY = 20;

    private final RewardedTask task;
    private final RewardedSettings settings;
    private final PolicyTrainer trainer;
    private final RowEncoder encoder;
    private final EpochPlan plan;
    private final RateSchedule schedule;
    private final StepLog log;
    private final HealthyState healthy;
    private final TrainingListener listener;

    private boolean takenUp;
    private DivergenceGuard guard;
    private RewardSpread spread = RewardSpread.none();
    private int end;
    private Optional<RunawayException> runaway = Optional.empty();

    /**
     * The steps.
     *
     * @param plan at least as long as the schedule, by whose steps it is cut
     */
    RewardedCurriculum(
            RewardedTask task,
            RewardedSettings settings,
            PolicyTrainer trainer,
            RowEncoder encoder,
            EpochPlan plan,
            RateSchedule schedule,
            StepLog log,
            HealthyState healthy,
            TrainingListener listener) {
        this.task = task;
        this.settings = settings;
        this.trainer = trainer;
        this.encoder = encoder;
        this.plan = plan;
        this.schedule = schedule;
        this.log = log;
        this.healthy = healthy;
        this.listener = listener;
        this.guard = DivergenceGuard.of(settings.policy().limit());
        this.end = schedule.steps();
    }

    @Override
    public int steps() {
        return end;
    }

    /** Why the run ended before its last step, if it did. */
    Optional<RunawayException> runaway() {
        return runaway;
    }

    @Override
    public void between(int done, StopSignal stop) {
        if (!takenUp) {
            takenUp = true;
            log.upTo(done).forEach(this::follow);
        }
        if (guard.above() == 0 && (done == 0 || checkpointAfter(done))) {
            healthy.keep(done, trainer);
        }
    }

    @Override
    public Outcome step(int step) {
        List<RewardedRow> rows = rows(step);
        List<EncodedRow> batch = rows.stream().map(this::encoded).toList();
        PolicyStep done = optimizer(step)
                .step(step, batch, rows.stream().map(RewardedRow::row).toList());
        StepRecord record = StepRecord.of(done);
        log.append(record);
        listener.on(record.event());
        follow(record).ifPresent(listener::on);
        StepResult result = new StepResult(done.last().loss(), done.last().gradientNorm(), 0);
        return new Outcome(result, rows.size(), AdapterBatch.tokens(batch));
    }

    private PolicyOptimizer<List<EncodedRow>> optimizer(int step) {
        boolean valueHead = settings.policy().baseline().valueHead();
        AdapterPolicy policy = new AdapterPolicy(trainer, task.mode(), valueHead);
        return new PolicyOptimizer<>(
                policy, settings.policy().withRates(schedule.factor(step)), settings.rewards(), settings.seed());
    }

    private EncodedRow encoded(RewardedRow row) {
        PolicyRow own = row.row();
        List<EncodedRow> encoded = encoder.encode(row.placed());
        if (encoded.size() > 1) {
            throw new TrainingException("The " + own.labels().size() + " labels of " + own.place()
                    + " do not fit beside its text in one pass, and a policy decides on all of them at once; offer fewer"
                    + " labels, or give a larger max length, up to what the model has positions for.");
        }
        return encoded.get(0);
    }

    /** Takes a step into account; gives a warning that it is time for. */
    private Optional<TrainingEvent> follow(StepRecord step) {
        try {
            guard = guard.after(step.step(), step.divergence());
        } catch (RunawayException e) {
            runaway = Optional.of(e);
            end = step.step();
        }
        spread = step.added(spread);
        int epochs = plan.epochsEndingWith(step.step());
        if (epochs == 0) {
            return Optional.empty();
        }
        RewardSpread epoch = spread;
        spread = RewardSpread.none();
        return epoch.warning(epochs).map(warning -> new TrainingEvent.Warned(warning.name(), warning.message()));
    }

    @Override
    public double rate(int step) {
        return settings.policy().rates().encoder() * schedule.factor(step);
    }

    @Override
    public boolean checkpointAfter(int step) {
        return runaway.isEmpty() && (step % CHECKPOINT_EVERY == 0 || step == steps());
    }

    @Override
    public List<String> places(int step) {
        return rows(step).stream().map(row -> row.row().place()).toList();
    }

    private List<RewardedRow> rows(int step) {
        return Arrays.stream(plan.rows(step)).mapToObj(task.rows()::get).toList();
    }
}
