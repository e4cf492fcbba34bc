package dev.taxon.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PartTest {
    @Test
    void onlyAServerOfFewProcessorsDoesWithTheQuickCompiler() {
        assertThat(Part.API.javaOptions(2)).containsExactly("-XX:TieredStopAtLevel=1");
        assertThat(Part.API.javaOptions(16)).isEmpty();
        assertThat(Part.WORKER.javaOptions(2)).isEmpty();
    }
}
