package dev.taxon.core.torch;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Locale;

/** libtorch in this process: set once, before its first use. */
public final class Torch {
    static final String ENGINE = "PyTorch";

    private static final ThreadLocal<Boolean> READY = ThreadLocal.withInitial(() -> false);

    private Torch() {}

    private static final class Loaded {
        static final Engine INSTANCE = load();

        private static Engine load() {
            requireSupportedPlatform();
            // DJL otherwise downloads native code and reports usage.
            System.setProperty("ai.djl.offline", "true");
            System.setProperty("OPT_OUT_TRACKING", "true");
            return Engine.getEngine(ENGINE);
        }
    }

    /** Loads libtorch on first use. Throws {@link IllegalStateException} with one sentence where it cannot run. */
    public static void initialize() {
        if (Loaded.INSTANCE == null) {
            throw new IllegalStateException("libtorch did not load");
        }
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

    private static void requireSupportedPlatform() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String architecture = System.getProperty("os.arch", "");
        if (!system.startsWith("linux") || !architecture.equals("amd64")) {
            throw new IllegalStateException(
                    "Taxon runs on linux-x86_64 with glibc; this is " + system + "-" + architecture);
        }
    }
}
