package dev.taxon.serving.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A process that this one did not start, known by its id.
 *
 * <p>It is judged by {@code /proc} because {@link ProcessHandle} calls one alive that has ended but whose parent has not
 * asked for its exit status; where process 1 of a container never does, such a one stays for ever.
 */
public record ForeignProcess(long pid) {
    private static final long POLL_MILLIS = 20;

    /** True while it runs: it exists and has not ended. */
    public boolean runs() {
        try {
            String stat = Files.readString(proc("stat"));
            // The name before the state is in parentheses and may hold any character, parentheses among them.
            char state = stat.charAt(stat.lastIndexOf(')') + 2);
            return state != 'Z' && state != 'X';
        } catch (IOException gone) {
            return false;
        }
    }

    /** True when its command line has this argument. */
    public boolean hasArgument(String argument) {
        try {
            return Files.readString(proc("cmdline")).contains("\0" + argument + "\0");
        } catch (IOException gone) {
            return false;
        }
    }

    /** Waits for its end; false when it still runs after that time. */
    public boolean awaitEnd(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (runs()) {
            if (System.nanoTime() >= deadline) {
                return false;
            }
            Thread.sleep(POLL_MILLIS);
        }
        return true;
    }

    private Path proc(String file) {
        return Path.of("/proc", Long.toString(pid), file);
    }
}
