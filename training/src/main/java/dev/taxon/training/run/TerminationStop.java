package dev.taxon.training.run;

import java.util.concurrent.CountDownLatch;

/**
 * Turns SIGTERM and SIGINT into a wish to stop, and holds the process until the run has written its checkpoint. To be
 * opened around a run and closed after it, on any thread.
 */
public final class TerminationStop implements AutoCloseable {
    private final StopSignal signal = new StopSignal();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stopAndWait, "stop-training");

    private TerminationStop() {}

    public static TerminationStop install() {
        TerminationStop stop = new TerminationStop();
        Runtime.getRuntime().addShutdownHook(stop.hook);
        return stop;
    }

    public StopSignal signal() {
        return signal;
    }

    void stopAndWait() {
        signal.request();
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook is running, or has run: there is nothing left to remove.
        }
    }
}
