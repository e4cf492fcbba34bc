package dev.taxon.serving.worker;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.taxon.sdk.wire.JobEstimate;
import dev.taxon.sdk.wire.JobProgress;
import dev.taxon.sdk.wire.WireJson;
import dev.taxon.serving.queue.HeldJobs;
import java.time.Duration;
import java.time.Instant;

/** Tells a job's row how many of its rows are done, at most once a second. Used by one thread. */
final class RowProgress {
    private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();
    private static final double NANOS = 1e9;
    private static final JsonMapper JSON = WireJson.newMapper();

    private final HeldJobs held;
    private final Task task;
    private final long before;
    private final long begun = System.nanoTime();
    private long toldAt = begun - INTERVAL_NANOS;

    /** @param before rows that earlier attempts did */
    RowProgress(HeldJobs held, Task task, long before) {
        this.held = held;
        this.task = task;
        this.before = before;
    }

    /** So many rows are done. Throws {@link StoppedException} when it is time to stop. */
    void done(long rows, long all) {
        StoppedException.throwIf(task.heart());
        long now = System.nanoTime();
        if (now - toldAt < INTERVAL_NANOS && rows < all) {
            return;
        }
        toldAt = now;
        JobProgress progress = JobProgress.ofRows(rows, all);
        held.progress(task.attempt(), JSON.valueToTree(progress), JSON.valueToTree(estimate(rows, all, now)));
        held.tell(task.attempt(), "step", JSON.valueToTree(progress));
    }

    private JobEstimate estimate(long rows, long all, long now) {
        double seconds = (now - begun) / NANOS;
        double left = rows == before ? 0 : seconds / (rows - before) * (all - rows);
        return new JobEstimate(left, Instant.now().plusMillis(Math.round(left * 1000)));
    }
}
