package dev.taxon.core.torch;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import dev.taxon.core.DeviceException;
import java.util.Locale;
import java.util.Objects;

/** libtorch in this process: set once, before its first use. */
public final class Torch {
    static final String ENGINE = "PyTorch";

    private static final ThreadLocal<Boolean> READY = ThreadLocal.withInitial(() -> false);
    private static final ThreadLocal<Integer> CORES = ThreadLocal.withInitial(() -> 0);

    private Torch() {}

    private static final class Loaded {
        static final Engine INSTANCE = load();

        private static Engine load() {
            // DJL otherwise downloads native code and reports usage.
            System.setProperty("ai.djl.offline", "true");
            System.setProperty("OPT_OUT_TRACKING", "true");
            Engine engine = Engine.getEngine(ENGINE);
            NativeCalls.endBeforeTheProcess();
            return engine;
        }
    }

    /** Loads libtorch on first use. Throws {@link DeviceException} where it cannot run. */
    public static void initialize() {
        // Before the first use: what a static initialiser throws arrives wrapped, and only once.
        requireSupported(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        try {
            Objects.requireNonNull(Loaded.INSTANCE);
        } catch (LinkageError failed) {
            throw new DeviceException("libtorch does not load on this machine: " + reason(failed), failed);
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /**
     * Readies the calling thread: libtorch keeps the choice of executor for each thread. The profiling executor would
     * compile anew for each shape, and batches have many. Every thread that calls a program does this first.
     */
    static void prepareThread() {
        initialize();
        if (!READY.get()) {
            JniUtils.setGraphExecutorOptimize(false);
            READY.set(true);
        }
    }

    /** Readies the calling thread, whose products are from now on computed by so many threads. */
    public static void prepareThread(int cores) {
        prepareThread();
        if (CORES.get() != cores) {
            JniUtils.setNumThreads(cores);
            CORES.set(cores);
        }
    }

    static void requireSupported(String system, String architecture) {
        String name = system.toLowerCase(Locale.ROOT);
        if (!name.startsWith("linux") || !architecture.equals("amd64")) {
            throw new DeviceException("Taxon runs on linux-x86_64 with glibc; this is " + name + "-" + architecture);
        }
    }
}
