package dev.taxon.serving.batching;

import dev.taxon.core.prompt.EncodedInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What waits, what runs and what it is expected to cost, under one lock. Thread-safe. */
final class BatchQueue {
    /** How much of a batch's fixed part may be spent on waiting for rows to share it. */
    private static final double PATIENCE = 0.1;

    private static final int MOST_RUNNING = 2;

    private final BatcherSettings settings;
    private final Ticker ticker;
    private final CostModel cost = CostModel.withDefaultGuess();
    private final WaitingRows waiting = new WaitingRows();
    private final TenantMix mix = new TenantMix();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Batch> running = new ArrayList<>();
    private long deviceFreeSince;
    private int answeredRows;
    private long sequence;
    private boolean closed;

    BatchQueue(BatcherSettings settings, Ticker ticker) {
        this.settings = settings;
        this.ticker = ticker;
        this.deviceFreeSince = ticker.nanos();
    }

    /** Queues the rows of a request, or refuses them all with an {@link OverloadedException}. */
    void add(Submission submission, List<EncodedInput> rows) {
        locked(() -> {
            admission().check(submission, rows.stream().mapToDouble(this::work).sum());
            mix.came(submission.share(), submission.arrivedNanos());
            double ahead = 0;
            for (int i = 0; i < rows.size(); i++) {
                EncodedInput row = rows.get(i);
                long due = submission.arrivedNanos() + (long) ahead;
                waiting.add(new WaitingRow(submission, i, row, due, work(row), sequence++));
                ahead += work(row);
            }
            changed.signalAll();
            return this;
        });
    }

    /** Refuses a request that would be refused whatever its rows. */
    void check(Submission submission) {
        locked(() -> {
            admission().check(submission, 0);
            return this;
        });
    }

    /** Removes the rows of a request that nobody waits for any more. */
    void withdraw(Submission submission) {
        locked(() -> waiting.remove(submission));
    }

    /** Waits for the next batch; null once the queue is closed and nothing waits. */
    @Nullable
    Batch take() {
        lock.lock();
        try {
            do {
                while (!ready()) {
                    if (closed && waiting.isEmpty()) {
                        return null;
                    }
                    changed.awaitUninterruptibly();
                }
                awaitReturning();
            } while (!ready());
            return start(ticker.nanos());
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
            cost.observe(batch.shape().positions(), busy);
            deviceFreeSince = now;
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

    int size() {
        return locked(waiting::size);
    }

    Duration backlog() {
        return locked(() -> Duration.ofNanos((long) (waiting.workNanos() + runningNanos())));
    }

    /** Takes nothing more in; what waits is still handed out. */
    void close() {
        locked(() -> {
            closed = true;
            changed.signalAll();
            return this;
        });
    }

    /** Removes and returns all that waits. */
    List<WaitingRow> abandon() {
        return locked(() -> {
            List<WaitingRow> left = waiting.removeIf(submission -> true);
            changed.signalAll();
            return left;
        });
    }

    /** Beside the batch that runs one more may be on its way: parts of it take the lanes that become free first. */
    private boolean ready() {
        return !waiting.isEmpty() && (running.size() < MOST_RUNNING);
    }

    /**
     * Callers that were just answered tend to call again at once. Where the fixed part of a batch weighs, one row that
     * slipped in between must not make a batch of its own and the others wait for it: so a small part of the fixed part
     * is spent on waiting for as many rows as were answered. A device that has been idle for longer waits for nobody.
     */
    private void awaitReturning() {
        long patience = (long) (PATIENCE * cost.fixed()) - (ticker.nanos() - deviceFreeSince);
        while (patience > 0 && !closed && running.isEmpty() && waiting.size() < answeredRows) {
            try {
                patience = changed.awaitNanos(patience);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private Batch start(long now) {
        List<WaitingRow> taken = waiting.take(BatchRoom.of(settings, cost, waiting.workNanos(), mix.mixed(now)));
        List<WaitingRow> rows = taken.stream()
                .filter(row -> !row.submission().over() && !row.submission().expired(now))
                .toList();
        List<WaitingRow> expired =
                taken.stream().filter(row -> row.submission().expired(now)).toList();
        Batch batch = new Batch(rows, expired, now);
        running.add(batch);
        return batch;
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
        return running.stream()
                .mapToDouble(batch -> cost.batch(batch.shape().positions()))
                .sum();
    }

    private Admission admission() {
        return new Admission(settings.longestWait(), waiting, runningNanos(), closed);
    }

    private double work(EncodedInput row) {
        return cost.row(row.positions());
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
