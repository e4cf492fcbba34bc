package dev.taxon.cli.up;

import java.util.List;

/**
 * A command prefix after which a process has the processor time that others leave it, and of busy processors about a tenth:
 * calls are as fast beside a training as with a fiftieth, and uploads are still read on a node that is flooded.
 */
final class LowPriority {
    /**
     * Where Linux groups processes by session (autogroup), a nice value counts among the processes of one session only, and
     * every session has an equal share whatever it runs; the session has a nice value of its own then. Whoever has no such
     * file, or may not write it, has the nice value alone.
     */
    private static final String SCRIPT = "{ echo 10 > /proc/self/autogroup; } 2>/dev/null; exec nice -n 10 \"$@\"";

    private LowPriority() {}

    /** The prefix; the process that it begins in must be of a session that nothing of a higher priority shares. */
    static List<String> prefix() {
        return List.of("sh", "-c", SCRIPT, "taxon-worker");
    }
}
