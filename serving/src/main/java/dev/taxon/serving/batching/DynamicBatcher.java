package dev.taxon.serving.batching;

import dev.taxon.core.Classification;
import dev.taxon.core.prompt.EncodedInput;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Gathers rows of concurrent requests into batches for one model, on a device that others may have a batcher for, too.
 *
 * <p>A batch is formed as soon as the device is idle, from what is waiting; only right after a batch may it wait, for a
 * small part of what a batch costs anyway, for callers that were just answered. While one runs a second is handed over,
 * so that a part of the device that is done with the first never waits for the rest of it.
 *
 * <p>Thread-safe. {@link #close} refuses new requests and finishes those that wait.
 */
public final class DynamicBatcher implements AutoCloseable {
    private static final int RUNNERS = 2;

    /** How many windows of a long text stay together at least: a piece is half a batch or so on a small machine. */
    private static final int LEAST_WINDOWS = 2;

    private final Scorer scorer;
    private final Ticker ticker;
    private final BatchListener listener;
    private final BatchQueue queue;
    private final QueuedModel model;
    private final List<Thread> runners;
    private final Duration drain;

    /**
     * Starts the batcher's threads.
     *
     * @param queue of the device; the batchers of all models on it have the same one
     * @param drain how long closing waits for rows that were taken in before
     */
    public DynamicBatcher(Scorer scorer, BatchQueue queue, BatchListener listener, Duration drain) {
        this.scorer = scorer;
        this.ticker = queue.ticker();
        this.listener = listener;
        this.queue = queue;
        this.model = new QueuedModel(scorer.lanes());
        this.drain = drain;
        this.runners = IntStream.rangeClosed(1, RUNNERS).mapToObj(this::runner).toList();
        runners.forEach(Thread::start);
    }

    /** Queues rows that are the node's own work. */
    public CompletableFuture<List<Classification>> submit(List<EncodedInput> rows, Deadline deadline) {
        return submit(rows, Share.HOUSE, deadline);
    }

    /**
     * Queues the rows of one request.
     *
     * @param share whose they are
     * @return the classifications in the order of the rows. Completing it from outside (cancelling, timing out)
     *     withdraws the rows that have not reached the device. It fails with {@link OverloadedException} when the
     *     deadline passes first.
     * @throws OverloadedException at once, when the rows would wait too long
     */
    public CompletableFuture<List<Classification>> submit(List<EncodedInput> rows, Share share, Deadline deadline) {
        if (rows.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        RequestPieces request = RequestPieces.of(rows, Math.max(LEAST_WINDOWS, scorer.lanes()));
        List<EncodedInput> pieces = request.pieces();
        Submission submission = new Submission(pieces.size(), share, ticker.nanos(), deadline, request::joined);
        queue.add(model, submission, pieces);
        submission.answer().whenComplete((results, failure) -> {
            if (failure != null) {
                queue.withdraw(submission);
            }
        });
        return submission.answer();
    }

    /** Rows that wait for the model now. */
    public int waitingRows() {
        return queue.rows(model);
    }

    /** Estimated time until all rows are scored that wait for the device now, those for other models, too. */
    public Duration backlog() {
        return queue.backlog();
    }

    /**
     * Refuses so many rows when they could not be scored in time, so that no work is spent on preparing them.
     *
     * @throws OverloadedException when rows of usual length submitted now would be refused
     */
    public void refuseWhenFull(int rows, Share share, Deadline deadline) {
        queue.check(model, new Submission(0, share, ticker.nanos(), deadline), rows);
    }

    /** True while the threads that score batches run. */
    public boolean alive() {
        return runners.stream().allMatch(Thread::isAlive);
    }

    /** Refuses new rows, scores those that wait for as long as draining may take, and fails the rest. */
    @Override
    public void close() {
        queue.close(model);
        long end = System.nanoTime() + drain.toNanos();
        for (Thread runner : runners) {
            join(runner, end - System.nanoTime());
        }
        queue.abandon(model).forEach(row -> row.submission().fail(stopping()));
    }

    private Thread runner(int number) {
        Thread thread = new Thread(this::run, "taxon-batcher-" + number);
        thread.setDaemon(true);
        return thread;
    }

    private void run() {
        for (Batch batch = queue.take(model); batch != null; batch = queue.take(model)) {
            try {
                batch.expired().forEach(row -> row.submission().fail(deadlinePassed()));
                serve(batch);
            } catch (RuntimeException | Error failure) {
                batch.rows().forEach(row -> row.submission().fail(failure));
            } finally {
                queue.release(batch);
            }
        }
    }

    private void serve(Batch batch) {
        if (batch.rows().isEmpty()) {
            return;
        }
        listener.started(waits(batch));
        List<Classification> results;
        Span span = BatchTracing.begin(batch);
        try {
            results = score(batch.inputs());
        } catch (RuntimeException | Error failure) {
            listener.failed(batch.rows().size(), failure);
            scoreAlone(batch, failure);
            return;
        } finally {
            span.end();
        }
        listener.scored(batch.rows().size(), batch.tokens(), queue.scored(batch));
        for (int i = 0; i < results.size(); i++) {
            WaitingRow row = batch.rows().get(i);
            row.submission().deliver(row.index(), results.get(i));
        }
    }

    private List<Classification> score(List<EncodedInput> inputs) {
        List<Classification> results = scorer.score(inputs);
        if (results.size() != inputs.size()) {
            throw new IllegalStateException(
                    "The scorer gave " + results.size() + " results for " + inputs.size() + " rows.");
        }
        return results;
    }

    /** Scores the rows of a failed batch once more, each alone: what breaks one must not fail strangers beside it. */
    private void scoreAlone(Batch batch, Throwable failure) {
        if (batch.rows().size() == 1) {
            batch.rows().get(0).submission().fail(failure);
        } else {
            batch.rows().forEach(this::scoreAlone);
        }
    }

    private void scoreAlone(WaitingRow row) {
        if (row.submission().over()) {
            return;
        }
        if (row.submission().expired(ticker.nanos())) {
            row.submission().fail(deadlinePassed());
            return;
        }
        try {
            List<Classification> result = score(List.of(row.input()));
            row.submission().deliver(row.index(), result.get(0));
        } catch (RuntimeException | Error failure) {
            row.submission().fail(failure);
        }
    }

    private static OverloadedException deadlinePassed() {
        return new OverloadedException("The deadline passed before the rows were scored.", Duration.ofSeconds(1));
    }

    private static OverloadedException stopping() {
        return new OverloadedException("This node stopped before the rows were scored.", Duration.ofSeconds(1));
    }

    private static List<Duration> waits(Batch batch) {
        return batch.rows().stream()
                .map(row ->
                        Duration.ofNanos(batch.startedNanos() - row.submission().arrivedNanos()))
                .toList();
    }

    private static void join(Thread thread, long nanos) {
        try {
            thread.join(Math.max(1, nanos / 1_000_000));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
