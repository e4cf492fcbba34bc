package dev.taxon.core.torch;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * The calls of programs in libtorch that run now. The end of a process takes down what libtorch keeps for all threads, while those
 * that compute go on: a signal within a forward pass ended in a segmentation fault. So a shutdown hook waits for the calls
 * that run, and none begins any more; threads that would make one wait for the end.
 *
 * <p>Who still computes when the process is told to end, to answer what has come or to write a checkpoint, {@linkplain #hold
 * holds} that off until then. Thread-safe.
 */
public final class NativeCalls {
    /**
     * No longer, whatever goes wrong. The longest call is a training step, or a pass over some thousand tokens, seconds on a slow
     * machine; a server that stops answers for half a minute.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final CallGate GATE = new CallGate(PATIENCE);

    private NativeCalls() {}

    /** Until it is closed the process does not end, for a minute at most, and calls may begin. Closing it again changes nothing. */
    public interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Keeps the process from ending until the caller has made its last call; the caller closes what is returned then.
     *
     * @throws IllegalStateException when the process is ending
     */
    public static Hold hold() {
        return GATE.hold();
    }

    static <T> T make(Supplier<T> call) {
        return GATE.pass(call);
    }

    /** From now on the process' end waits for what runs. To be called once. */
    static void endBeforeTheProcess() {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(NativeCalls::end, "end-native-calls"));
        } catch (IllegalStateException ending) {
            // Before anything has been computed.
            return;
        }
    }

    private static void end() {
        try {
            GATE.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
