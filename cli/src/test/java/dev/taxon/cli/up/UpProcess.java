package dev.taxon.cli.up;

import dev.taxon.cli.console.Home;
import dev.taxon.serving.postgres.ForeignProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** {@code taxon up} as a process of its own, and what it says. */
final class UpProcess implements AutoCloseable {
    private static final String END = "<end>";

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> said = new ArrayList<>();

    private UpProcess(Process process) {
        this.process = process;
    }

    static UpProcess start(Path data, int port) throws IOException {
        List<String> command = List.of(
                // A build in the background ignores SIGINT, and what it starts would, too.
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-D" + Home.PROPERTY + "=" + System.getProperty(Home.PROPERTY),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.taxon.cli.Taxon",
                "up",
                "--data",
                data.toString(),
                "--port",
                Integer.toString(port));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        UpProcess up = new UpProcess(process);
        Thread reader = new Thread(up::read, "up-output");
        reader.setDaemon(true);
        reader.start();
        return up;
    }

    private void read() {
        try (BufferedReader reader = process.inputReader()) {
            reader.lines().forEach(lines::add);
        } catch (IOException | java.io.UncheckedIOException gone) {
            lines.add(END);
        }
        lines.add(END);
    }

    /** Waits for a line that starts so. */
    String awaitLine(String start) throws InterruptedException {
        for (String line = next(); !line.equals(END); line = next()) {
            if (line.startsWith(start)) {
                return line;
            }
        }
        throw new AssertionError("no line starts with '" + start + "' in " + said);
    }

    private String next() throws InterruptedException {
        String line = lines.poll(90, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("nothing more is said after " + said);
        }
        said.add(line);
        return line;
    }

    /** All processes that belong to it and are alive, itself left out, by what they are. */
    List<ForeignProcess> children() {
        return process.descendants()
                .map(child -> new ForeignProcess(child.pid()))
                .toList();
    }

    /** The child that is the server. */
    ProcessHandle server() {
        return process.children()
                .filter(child -> commandLine(child).contains("quarkus-run.jar"))
                .findFirst()
                .orElseThrow();
    }

    private static String commandLine(ProcessHandle child) {
        return child.info().commandLine().orElse("");
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                .start()
                .waitFor();
    }

    int awaitExit() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("does not end; it said " + said);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
