package dev.taxon.serving.batching;

import dev.taxon.core.prompt.EncodedInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a device, what runs on it and what that is expected to cost, under one lock, whichever of its models it is
 * for: tenants share the device, not a model, and a request waits for whatever is before it there. Thread-safe.
 *
 * <p>Batches of two models follow each other and are never on the device together: each model has threads of its own for it,
 * which would only take it from each other, and nobody could tell what a batch costs.
 */
public final class BatchQueue {
    /** How much of a batch's fixed part may be spent on waiting for rows to share it. */
    private static final double PATIENCE = 0.1;

    private static final int MOST_RUNNING = 2;

    /** Device time that a tenant may be owed that asked for little, in batches. */
    private static final int OWED_BATCHES = 2;

    private final BatcherSettings settings;
    private final Ticker ticker;
    private final WaitingRows waiting;
    private final TenantMix mix = new TenantMix();
    private final Demands demands = new Demands();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Batch> running = new ArrayList<>();
    private long deviceFreeSince;
    private @Nullable QueuedModel answeredModel;
    private int answeredRows;
    private long sequence;

    /** The queue of a device that nothing runs on yet. */
    public BatchQueue(BatcherSettings settings, Ticker ticker) {
        this.settings = settings;
        this.ticker = ticker;
        this.waiting = new WaitingRows(settings.batchTime().multipliedBy(OWED_BATCHES));
        this.deviceFreeSince = ticker.nanos();
    }

    Ticker ticker() {
        return ticker;
    }

    /** Queues the rows of a request, or refuses them all with an {@link OverloadedException}. */
    void add(QueuedModel model, Submission submission, List<EncodedInput> rows) {
        locked(() -> {
            admit(
                    model,
                    submission,
                    rows.stream().mapToDouble(row -> work(model, row)).sum());
            demands.of(submission.share(), submission.arrivedNanos()).taken(submission.arrivedNanos());
            mix.came(submission.share(), submission.arrivedNanos());
            double ahead = 0;
            for (int i = 0; i < rows.size(); i++) {
                EncodedInput row = rows.get(i);
                long due = submission.arrivedNanos() + (long) ahead;
                waiting.add(new WaitingRow(model, submission, i, row, due, work(model, row), sequence++));
                ahead += work(model, row);
            }
            changed.signalAll();
            return this;
        });
    }

    /** Refuses a request of so many rows, of which nothing else is known yet, that would be refused if they were usual ones. */
    void check(QueuedModel model, Submission submission, int rows) {
        locked(() -> {
            admit(model, submission, rows * model.usualRow());
            return this;
        });
    }

    /** Removes the rows of a request that nobody waits for any more. */
    void withdraw(Submission submission) {
        locked(() -> {
            waiting.remove(submission);
            // It may be another model's turn now.
            changed.signalAll();
            return this;
        });
    }

    /** Waits for the next batch of a model; null once that takes no more rows and none waits for it. */
    @Nullable
    Batch take(QueuedModel model) {
        lock.lock();
        try {
            do {
                while (!ready(model)) {
                    if (model.done()) {
                        return null;
                    }
                    changed.awaitUninterruptibly();
                }
                awaitReturning(model);
            } while (!ready(model));
            return start(model, ticker.nanos());
        } finally {
            lock.unlock();
        }
    }

    /**
     * The device has scored a batch; learns from it, makes way for the next and answers how long the device was busy with
     * it.
     */
    Duration scored(Batch batch) {
        return locked(() -> {
            long now = ticker.nanos();
            // A batch that was ready early waited for the one before it: that time is not its own.
            long busy = Math.max(0, Math.min(now - batch.startedNanos(), now - deviceFreeSince));
            batch.model().cost().observe(batch.shape().positions(), busy);
            deviceFreeSince = now;
            answeredModel = batch.model();
            answeredRows = batch.rows().size();
            end(batch);
            return Duration.ofNanos(busy);
        });
    }

    /** Makes way for the next batch, in whatever way this one ended; does nothing when that has been done. */
    void release(Batch batch) {
        locked(() -> {
            if (running.contains(batch)) {
                freeDevice(batch);
                end(batch);
            }
            return this;
        });
    }

    /** Rows that wait for a model. */
    int rows(QueuedModel model) {
        return locked(model::rows);
    }

    /** Estimated time until the device has scored all that waits for it, whichever model it is for. */
    Duration backlog() {
        return locked(() -> Duration.ofNanos((long) (waiting.workNanos() + runningNanos())));
    }

    /** Takes nothing more in for a model; what waits is still handed out. */
    void close(QueuedModel model) {
        locked(() -> {
            model.close();
            changed.signalAll();
            return this;
        });
    }

    /** Removes and returns all that waits for a model. */
    List<WaitingRow> abandon(QueuedModel model) {
        return locked(() -> {
            List<WaitingRow> left = waiting.removeIf(row -> row.model() == model);
            changed.signalAll();
            return left;
        });
    }

    /** Beside the batch that runs one more may be on its way: parts of it take the lanes that become free first. */
    private boolean ready(QueuedModel model) {
        return waiting.next().filter(model::equals).isPresent()
                && running.size() < MOST_RUNNING
                && running.stream().allMatch(batch -> batch.model() == model);
    }

    /**
     * Callers that were just answered tend to call again at once. Where the fixed part of a batch weighs, one row that
     * slipped in between must not make a batch of its own and the others wait for it: so a small part of the fixed part
     * is spent on waiting for as many rows as were answered. A device that has been idle for longer waits for nobody.
     */
    private void awaitReturning(QueuedModel model) {
        long patience = (long) (PATIENCE * model.cost().fixed()) - (ticker.nanos() - deviceFreeSince);
        while (patience > 0 && !model.closed() && running.isEmpty() && model.rows() < answered(model)) {
            try {
                patience = changed.awaitNanos(patience);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Rows of the last batch, where it was the model's. */
    private int answered(QueuedModel model) {
        return answeredModel == model ? answeredRows : 0;
    }

    private Batch start(QueuedModel model, long now) {
        boolean shared = mix.mixed(now) || model.rows() < waiting.size();
        List<WaitingRow> taken = waiting.take(BatchRoom.of(settings, model, shared, lateNanos(now)));
        List<WaitingRow> rows = taken.stream()
                .filter(row -> !row.submission().over() && !row.submission().expired(now))
                .toList();
        List<WaitingRow> expired =
                taken.stream().filter(row -> row.submission().expired(now)).toList();
        Batch batch = new Batch(model, rows, expired, now);
        running.add(batch);
        return batch;
    }

    /**
     * How much later it is the turn of the row whose turn it is than by the estimate for its request alone, mostly because of
     * others; negative where it is earlier. Nothing where most of what its tenant asks for is refused: its line is kept short
     * then, for those in it to be answered soon.
     */
    private long lateNanos(long now) {
        return waiting.first()
                .filter(row -> !demands.of(row.submission().share(), now).overflows(now))
                .map(row -> now - row.due())
                .orElse(0L);
    }

    /** A batch whose rows were all over or expired was never on the device: another one may still be there. */
    private void freeDevice(Batch batch) {
        if (!batch.rows().isEmpty()) {
            deviceFreeSince = ticker.nanos();
        }
    }

    private void end(Batch batch) {
        running.remove(batch);
        changed.signalAll();
    }

    private double runningNanos() {
        return running.stream().mapToDouble(Batch::workNanos).sum();
    }

    private void admit(QueuedModel model, Submission submission, double work) {
        if (model.closed()) {
            throw new OverloadedException("This node is stopping. Try again.", Duration.ofSeconds(1));
        }
        Demand demand = demands.of(submission.share(), submission.arrivedNanos());
        new Admission(settings.waits(), waiting, runningNanos(), demand).check(submission, work);
    }

    private static double work(QueuedModel model, EncodedInput row) {
        return model.cost().row(row.positions());
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
