package dev.taxon.core.torch;

import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The threads that call libtorch. A piece of work that is alone gets all cores. Pieces that run side by side get their
 * share of the cores each: threads of one forward pass wait for each other at every product, so that two passes on a core
 * each finish sooner than one after the other on both, and what else runs on a core holds up one of them alone.
 *
 * <p>Everyone else hands work to the lanes and waits. Thread-safe. Work must not hand on work of its own.
 */
public final class DeviceLanes implements AutoCloseable {
    /** Beyond this, more cores help a lane more than more lanes do. */
    private static final int MOST_LANES = 4;

    private final int cores;
    private final int count;
    private final ExecutorService threads;
    private final AtomicInteger unfinished = new AtomicInteger();

    /** Lanes over the cores that libtorch takes. */
    public DeviceLanes() {
        Torch.initialize();
        cores = JniUtils.getNumThreads();
        count = Math.min(cores, MOST_LANES);
        AtomicInteger number = new AtomicInteger();
        threads = Executors.newFixedThreadPool(count, task -> {
            Thread thread = new Thread(task, "taxon-device-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** How many pieces run side by side. */
    public int count() {
        return count;
    }

    /** Runs the work on a lane and waits for it; what it throws is thrown here. */
    public <T> T call(Supplier<T> work) {
        return callAll(List.of(work)).get(0);
    }

    /** Runs pieces of work side by side and waits for all of them; what the first to fail throws is thrown here. */
    public <T> List<T> callAll(List<Supplier<T>> pieces) {
        // Before the first starts, so that it knows of the others.
        unfinished.addAndGet(pieces.size());
        List<Future<T>> futures = new ArrayList<>();
        try {
            for (Supplier<T> piece : pieces) {
                futures.add(threads.submit(() -> run(piece)));
            }
        } catch (RejectedExecutionException closed) {
            unfinished.addAndGet(futures.size() - pieces.size());
            throw new IllegalStateException("the device is closed", closed);
        }
        return await(futures);
    }

    private <T> T run(Supplier<T> piece) {
        try {
            Torch.prepareThread(unfinished.get() > 1 ? cores / count : cores);
            return piece.get();
        } finally {
            unfinished.decrementAndGet();
        }
    }

    /** Waits for all, even where one has failed: the caller may free what the others still use. */
    private static <T> List<T> await(List<Future<T>> futures) {
        List<T> results = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        for (Future<T> future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException failure) {
                failures.add(failure.getCause());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for the device", interrupted);
            }
        }
        if (!failures.isEmpty()) {
            throw unchecked(failures.get(0));
        }
        return results;
    }

    private static RuntimeException unchecked(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        // Checkpoint and input errors keep their type; the stack of the lane stays in them.
        return failure instanceof RuntimeException cause ? cause : new IllegalStateException(failure);
    }

    /** Refuses more work and waits for what runs, so that what it uses may be freed then. */
    @Override
    public void close() {
        threads.shutdown();
        boolean interrupted = false;
        while (!threads.isTerminated()) {
            try {
                threads.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
