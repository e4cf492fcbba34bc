package dev.taxon.serving.worker;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.sdk.wire.JobEstimate;
import dev.taxon.sdk.wire.JobProgress;
import dev.taxon.sdk.wire.WireJson;
import dev.taxon.serving.queue.Attempt;
import dev.taxon.serving.queue.HeldJobs;
import dev.taxon.serving.queue.JobCheckpoints;
import dev.taxon.training.adapter.ResumeFiles;
import dev.taxon.training.run.EventJson;
import dev.taxon.training.run.TrainingEvent;
import dev.taxon.training.run.TrainingEvent.CheckpointWritten;
import dev.taxon.training.run.TrainingEvent.Rewarded;
import dev.taxon.training.run.TrainingEvent.Stepped;
import dev.taxon.training.run.TrainingEvent.Warned;
import dev.taxon.training.run.TrainingListener;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells a job's row of its training: steps at most once a second, checkpoints as they come, with their files. What it throws
 * ends the training: so it stops when the job is no longer the attempt's. Used by one thread.
 */
final class ProgressTeller implements TrainingListener {
    private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();
    private static final double MILLIS = 1000;
    private static final JsonMapper JSON = WireJson.newMapper();

    private final HeldJobs held;
    private final JobCheckpoints checkpoints;
    private final Attempt attempt;
    private final Path run;
    private final LongSupplier nanoTime;
    private @Nullable Rewarded rewarded;
    private long toldAt;
    private boolean told;

    /**
     * A teller.
     *
     * @param run the folder that the training can go on from
     */
    ProgressTeller(HeldJobs held, JobCheckpoints checkpoints, Attempt attempt, Path run, LongSupplier nanoTime) {
        this.held = held;
        this.checkpoints = checkpoints;
        this.attempt = attempt;
        this.run = run;
        this.nanoTime = nanoTime;
    }

    @Override
    public void on(TrainingEvent event) {
        if (event instanceof Rewarded step) {
            rewarded = step;
        } else if (event instanceof Stepped step) {
            if (isTime(step)) {
                tell(step);
            }
        } else if (event instanceof CheckpointWritten written) {
            checkpoints.store(attempt, written.step(), run, new ResumeFiles(run)::needed);
            held.tell(attempt, EventJson.kind(event), EventJson.of(event));
        } else if (event instanceof Warned || event instanceof TrainingEvent.Started) {
            held.tell(attempt, EventJson.kind(event), EventJson.of(event));
        }
    }

    private boolean isTime(Stepped step) {
        return !told || step.step() == step.steps() || nanoTime.getAsLong() - toldAt >= INTERVAL_NANOS;
    }

    private void tell(Stepped step) {
        told = true;
        toldAt = nanoTime.getAsLong();
        Instant end = Instant.now().plusMillis(Math.round(step.secondsLeft() * MILLIS));
        held.progress(
                attempt, JSON.valueToTree(progress(step)), JSON.valueToTree(new JobEstimate(step.secondsLeft(), end)));
        held.tell(attempt, EventJson.kind(step), described(step));
    }

    private JobProgress progress(Stepped step) {
        return new JobProgress(
                step.step(),
                (long) step.steps(),
                step.loss(),
                rewarded == null ? null : rewarded.reward(),
                step.examplesPerSecond(),
                step.learningRate());
    }

    private ObjectNode described(Stepped step) {
        ObjectNode data = EventJson.of(step);
        if (rewarded != null) {
            data.setAll(EventJson.of(rewarded));
            data.put("step", step.step());
        }
        return data;
    }
}
