package dev.taxon.serving.batching;

import dev.taxon.core.Classification;
import dev.taxon.core.prompt.EncodedInput;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** A device that shows each batch it is given and scores it when it is let. */
final class GatedScorer implements Scorer {
    private static final long PATIENCE_SECONDS = 30;

    private final BlockingQueue<List<String>> batches = new LinkedBlockingQueue<>();
    private final Semaphore gate = new Semaphore(0);
    private final ReentrantLock device = new ReentrantLock(true);
    private final int lanes;

    GatedScorer() {
        this(1);
    }

    /** One that computes so many rows side by side. */
    GatedScorer(int lanes) {
        this.lanes = lanes;
    }

    @Override
    public int lanes() {
        return lanes;
    }

    @Override
    public List<Classification> score(List<EncodedInput> batch) {
        device.lock();
        try {
            batches.add(batch.stream().map(row -> row.input().text()).toList());
            gate.acquireUninterruptibly();
            if (batch.stream().anyMatch(row -> row.input().text().startsWith("broken"))) {
                throw new IllegalStateException("broken");
            }
            return batch.stream().map(Rows::answer).toList();
        } finally {
            device.unlock();
        }
    }

    /** Waits for the next batch to arrive and tells its rows. */
    List<String> nextBatch() throws InterruptedException {
        List<String> batch = batches.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (batch == null) {
            throw new AssertionError("No batch reached the device.");
        }
        return batch;
    }

    /** Waits until a batch stands before the device beside the one on it. */
    void awaitNext() {
        await(device::hasQueuedThreads, "No second batch was handed over.");
    }

    /** Waits until something is so, which other threads see to. */
    static void await(BooleanSupplier condition, String failure) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(failure);
            }
            Thread.onSpinWait();
        }
    }

    void finishOne() {
        gate.release();
    }

    void finishAll() {
        gate.release(1_000_000);
    }

    boolean idle() {
        return batches.isEmpty();
    }
}
