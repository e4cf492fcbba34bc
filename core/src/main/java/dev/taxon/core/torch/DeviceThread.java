package dev.taxon.core.torch;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * The one thread that calls libtorch: each thread that does brings an OpenMP team of its own, and two teams on the
 * same cores slow each other down. Everyone else hands it work and waits.
 */
public final class DeviceThread implements AutoCloseable {
    private final ExecutorService executor;

    public DeviceThread() {
        executor = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "taxon-device");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Runs the work on the device thread and waits for it; what it throws is thrown here. */
    public <T> T call(Supplier<T> work) {
        try {
            return executor.submit(work::get).get();
        } catch (ExecutionException e) {
            throw unwrap(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the device", e);
        }
    }

    private static RuntimeException unwrap(ExecutionException failure) {
        if (failure.getCause() instanceof Error error) {
            throw error;
        }
        // Checkpoint and input errors keep their type; the stack of the device thread stays in them.
        return failure.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failure);
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
