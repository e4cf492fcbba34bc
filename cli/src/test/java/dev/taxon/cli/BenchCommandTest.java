package dev.taxon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class BenchCommandTest {
    @Test
    void measuresEveryShapeAndSaysWhatCannotFit() throws IOException {
        TaxonRun run = TaxonRun.of("bench", "--labels", "2", "--lengths", "8,512", "--batches", "1,4", "--json");
        assertThat(run.status()).isZero();
        JsonNode cells = new ObjectMapper().readTree(run.out()).get("cells");
        assertThat(cells).hasSize(4);
        assertThat(cells.get(1).get("batch").asInt()).isEqualTo(4);
        assertThat(cells.get(1).get("sequence_length").asInt()).isEqualTo(15);
        assertThat(cells.get(1).get("tokens_per_second").asDouble())
                .isEqualTo(15 * cells.get(1).get("examples_per_second").asDouble());
        assertThat(cells.get(2).get("skipped").asText()).isEqualTo("the model reads 100 tokens");
        assertThat(cells.get(2).has("examples_per_second")).isFalse();
    }
}
