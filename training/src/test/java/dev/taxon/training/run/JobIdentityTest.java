package dev.taxon.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobIdentityTest {
    @TempDir
    Path folder;

    @Test
    void tellsWhatAJobBeganWith() {
        assertThat(JobIdentity.begunWith(folder.resolve("none"), "seed")).isEmpty();
        JobIdentity.require(folder, Map.of("seed", "1"));
        assertThat(JobIdentity.begunWith(folder, "seed")).contains("1");
        assertThat(JobIdentity.begunWith(folder, "other")).isEmpty();
    }

    @Test
    void aDamagedFileIsNotTakenForADiskThatFails() throws IOException {
        JobIdentity.require(folder, Map.of("seed", "1"));
        Files.writeString(folder.resolve("identity.json"), "{\"seed\": ");
        assertThatThrownBy(() -> JobIdentity.require(folder, Map.of("seed", "1")))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("identity.json is damaged");
    }
}
