package dev.taxon.cli.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.taxon.cli.Taxon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** A real process that is told to end while the real model computes. */
class StopWhileClassifyingIT {
    /** Minutes of work, in passes of half a second or so. */
    private static final int ROWS = 5_000;

    private static final int WORDS = 400;

    /** Processor time of a thread, in hundredths of a second: more than loading the model takes. */
    private static final int COMPUTED_TICKS = 150;

    /** What a virtual machine exits with that SIGTERM has ended in order. */
    private static final int ENDED_BY_SIGTERM = 143;

    @TempDir
    Path folder;

    @RepeatedTest(3)
    void theProcessEndsInOrder() throws IOException, InterruptedException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/task")), "only Linux tells what threads do");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Taxon.class.getName(),
                        "classify",
                        "--in",
                        rows().toString())
                // A crash leaves a report there.
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("answers").toFile())
                .redirectError(folder.resolve("log").toFile());
        // A virtual machine says that it has seen it.
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        try {
            while (!computes(process)) {
                assertThat(process.isAlive()).isTrue();
                Thread.sleep(20);
            }
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isEqualTo(ENDED_BY_SIGTERM);
        assertThat(folder.resolve("log")).isEmptyFile();
        assertThat(files()).noneMatch(name -> name.startsWith("hs_err"));
    }

    private Path rows() throws IOException {
        String row = "{\"text\":\"%s\",\"labels\":[\"good\",\"bad\"]}".formatted("word ".repeat(WORDS));
        return Files.write(folder.resolve("rows.jsonl"), Collections.nCopies(ROWS, row));
    }

    /** Whether a thread of the device has been at it for some passes. */
    private static boolean computes(Process process) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(process.pid()), "task"))) {
            return threads.anyMatch(StopWhileClassifyingIT::computes);
        }
    }

    private static boolean computes(Path thread) {
        try {
            String[] fields = Files.readString(thread.resolve("stat")).split("[()]");
            return fields[1].startsWith("taxon-device")
                    && Integer.parseInt(fields[2].split(" ")[12]) > COMPUTED_TICKS;
        } catch (IOException overMeanwhile) {
            return false;
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
