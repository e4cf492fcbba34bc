package dev.taxon.training.run;

import dev.taxon.core.torch.NativeCalls;
import java.util.concurrent.CountDownLatch;

/**
 * Turns SIGTERM and SIGINT into a wish to stop, and holds the process until the run has written its checkpoint. To be
 * opened around a run and closed after it, on any thread.
 */
public final class TerminationStop implements AutoCloseable {
    private final StopSignal signal;
    private final CountDownLatch over = new CountDownLatch(1);
    private final NativeCalls.Hold computing = NativeCalls.hold();
    private final Thread hook = new Thread(this::stopAndWait, "stop-training");

    private TerminationStop(StopSignal signal) {
        this.signal = signal;
    }

    public static TerminationStop install() {
        return install(new StopSignal());
    }

    /** With the signal that a run was made with, where making it takes so long that the process had better just end. */
    public static TerminationStop install(StopSignal signal) {
        TerminationStop stop = new TerminationStop(signal);
        try {
            Runtime.getRuntime().addShutdownHook(stop.hook);
        } catch (IllegalStateException ending) {
            stop.computing.close();
            throw ending;
        }
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
        computing.close();
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook is running, or has run: there is nothing left to remove.
        }
    }
}
