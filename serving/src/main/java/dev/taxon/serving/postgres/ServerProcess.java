package dev.taxon.serving.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A running {@code postgres}, tied to this process. */
final class ServerProcess {
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final int STOP_SECONDS = 20;
    private static final long POLL_MILLIS = 20;

    private final Process process;
    private final Tether tether;

    private ServerProcess(Process process, Tether tether) {
        this.process = process;
        this.tether = tether;
    }

    static ServerProcess start(Programs programs, PostgresFolders folders, int port) throws IOException {
        Process process = programs.command("postgres", arguments(folders.cluster(), port))
                .redirectErrorStream(true)
                .start();
        // Fast shutdown: ends sessions, keeps what was committed.
        Tether tether = Tether.to(process.pid(), "INT", STOP_SECONDS);
        process.onExit().thenRun(tether::release);
        new RotatingLog(folders.log()).follow(process.getInputStream(), "postgres");
        return new ServerProcess(process, tether);
    }

    /** The settings that make it durable, private and the same on every machine. */
    private static List<String> arguments(Path cluster, int port) {
        List<String> arguments = new ArrayList<>(List.of("-D", cluster.toString(), "-p", Integer.toString(port)));
        List<String> settings = List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "fsync=on",
                "synchronous_commit=on",
                "full_page_writes=on",
                "password_encryption=scram-sha-256",
                "log_timezone=UTC",
                "timezone=UTC",
                "log_line_prefix=%m [%p] ",
                // A statement may carry customers' text, which belongs in no log.
                "log_min_error_statement=panic",
                "log_error_verbosity=terse");
        for (String setting : settings) {
            arguments.add("-c");
            arguments.add(setting);
        }
        return arguments;
    }

    /** Waits until it takes connections; false when it ended before. */
    boolean awaitReady(Path cluster) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (System.nanoTime() < deadline) {
            if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                return false;
            }
            Optional<PostmasterFile> file = PostmasterFile.read(cluster);
            if (file.isPresent()
                    && file.get().pid() == process.pid()
                    && file.get().ready()) {
                return true;
            }
        }
        stop();
        return false;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Stops it and waits until it is gone. */
    void stop() {
        tether.pull();
        try {
            if (!process.waitFor(STOP_SECONDS + 5L, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
