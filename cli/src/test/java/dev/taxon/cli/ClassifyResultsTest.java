package dev.taxon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where {@code classify --out} puts its results. */
final class ClassifyResultsTest {
    private static final String INPUT = "{\"text\":\"abba\",\"labels\":[\"a\",\"b\"]}\n";

    @TempDir
    Path folder;

    @Test
    void theFileIsBegunAnew() throws IOException {
        Path results = Files.writeString(folder.resolve("results.jsonl"), "from before\n".repeat(50));
        TaxonRun run = TaxonRun.withInput(INPUT, "classify", "--in", "-", "--out", results.toString());
        assertThat(run.err()).isEmpty();
        assertThat(Files.readAllLines(results))
                .singleElement()
                .asString()
                .startsWith("{")
                .endsWith("}");
    }

    @Test
    void aFullDiskIsToldWithTheFile() {
        // A device of Linux on which nothing ever has room.
        TaxonRun run = TaxonRun.withInput(INPUT, "classify", "--in", "-", "--out", "/dev/full");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("taxon classify: Results could not be written to /dev/full (no space left on device)")
                .endsWith("then run again.\n");
    }
}
