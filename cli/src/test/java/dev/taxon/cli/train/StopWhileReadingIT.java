package dev.taxon.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.taxon.cli.Taxon;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process that is told to end while it reads many rows. */
class StopWhileReadingIT {
    private static final int ROWS = 1_000_000;

    @TempDir
    Path folder;

    @Test
    void theCommandJustEndsAndLeavesNoFolder() throws IOException, InterruptedException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "only Linux tells which files a process reads");
        Path data = data();
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Taxon.class.getName(),
                        "train",
                        "lora",
                        "--data",
                        data.toString(),
                        "--out",
                        out.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        try {
            while (!reads(process, data)) {
                assertThat(process.isAlive()).isTrue();
                Thread.sleep(20);
            }
            process.destroy();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(out).doesNotExist();
    }

    private Path data() throws IOException {
        Path file = folder.resolve("tickets.jsonl");
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (int row = 0; row < ROWS; row++) {
                writer.write("{\"text\":\"ticket %d\",\"all_labels\":[\"a\",\"b\"],\"true_labels\":[\"%s\"]}\n"
                        .formatted(row, row % 2 == 0 ? "a" : "b"));
            }
        }
        return file;
    }

    private static boolean reads(Process process, Path data) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            return open.anyMatch(file -> isSame(file, data));
        }
    }

    private static boolean isSame(Path link, Path data) {
        try {
            return Files.isSameFile(link, data);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
