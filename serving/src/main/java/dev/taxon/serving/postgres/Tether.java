package dev.taxon.serving.postgres;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Ties the life of a child process to this one. A small shell in a session of its own waits on a pipe from this
 * process; when the pipe closes, be it by {@link #pull()} or because this process died in any way, it signals the child
 * and, when the child is slow, kills it.
 */
public final class Tether {
    private static final String SCRIPT = """
            trap '' INT TERM HUP QUIT
            if read -r released; then exit 0; fi
            kill -"$2" "$1" 2>/dev/null || exit 0
            waited=0
            while kill -0 "$1" 2>/dev/null && [ "$waited" -lt "$3" ]; do sleep 0.1; waited=$((waited + 1)); done
            kill -KILL "$1" 2>/dev/null
            exit 0
            """;
    private static final int TENTHS = 10;

    private final OutputStream pipe;

    private Tether(OutputStream pipe) {
        this.pipe = pipe;
    }

    /**
     * Ties a child.
     *
     * @param child process id of the child
     * @param signal name of the signal that asks the child to stop in order, such as {@code TERM}
     * @param graceSeconds how long the child may take before it is killed
     */
    public static Tether to(long child, String signal, int graceSeconds) throws IOException {
        List<String> command = inOwnSession();
        command.addAll(List.of("sh", "-c", SCRIPT, "taxon-tether"));
        command.addAll(List.of(Long.toString(child), signal, Integer.toString(graceSeconds * TENTHS)));
        Process watcher = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new Tether(watcher.getOutputStream());
    }

    /** A command prefix that shields what follows from the terminal's Ctrl-C, which goes to a whole process group. */
    public static List<String> inOwnSession() {
        return new ArrayList<>(List.of("setsid"));
    }

    /** Asks the child to stop; returns at once. */
    public void pull() {
        close();
    }

    /** Lets go of a child that has ended, so that its process id, free to be used again, is never signalled. */
    public void release() {
        try {
            pipe.write("released\n".getBytes(StandardCharsets.UTF_8));
            pipe.flush();
        } catch (IOException gone) {
            return;
        }
        close();
    }

    private void close() {
        try {
            pipe.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
