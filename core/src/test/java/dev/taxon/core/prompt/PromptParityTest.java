package dev.taxon.core.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.taxon.core.checkpoint.ModelConfig;
import dev.taxon.core.checkpoint.OracleFolders;
import dev.taxon.core.checkpoint.TinyCheckpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Token ids are the reference's, whatever the tokenizer: WordPiece, Unigram, byte-level BPE. */
class PromptParityTest {
    private static final JsonMapper JSON = new JsonMapper();
    /** No case is limited by positions rather than by its own {@code max_length}. */
    private static final int POSITIONS = 2048;

    @ParameterizedTest
    @CsvSource({
        "bert-simple-first, 7",
        "bert-mlp-avg-text-first, 6",
        "bert-cross-attn-pass, 7",
        "deberta-mlp-first, 8",
        "deberta-segments, 8",
        "deberta-weighted-span-average, 8",
        "modernbert-mlp-first, 8",
        "modernbert-hopfield-normalized, 8",
        "modernbert-lstm-max, 8",
        "modernbert-biases, 5",
        "modernbert-older-keys, 5"
    })
    void tokenIdsAreTheReferences(String folder, int expectedToRun) throws IOException {
        List<OracleCase> cases = OracleCase.of(folder);
        assertThat(cases).hasSize(expectedToRun);
        try (Tokenizer tokenizer = TokenizerTest.tokenizer(folder)) {
            PromptEncoder prompt = PromptEncoder.of(config(folder), tokenizer);
            assertThat(cases).allSatisfy(oracle -> {
                EncodedInput encoded = prompt.encode(oracle.input());
                assertThat(encoded.rows().get(0).text().toArray())
                        .as(oracle.id())
                        .containsExactly(oracle.inputIds().toArray());
                assertThat(encoded.tokens()).isEqualTo(oracle.inputIds().length());
            });
        }
    }

    /** What the prompt needs of a configuration, also of backbones that do not run yet. */
    private static ModelConfig config(String folder) throws IOException {
        JsonNode json =
                JSON.readTree(Files.readAllBytes(OracleFolders.path(folder).resolve("config.json")));
        return TinyCheckpoints.joint(
                TinyCheckpoints.encoder(POSITIONS),
                json.get("class_token_index").intValue(),
                json.get("text_token_index").intValue(),
                json.get("prompt_first").booleanValue());
    }
}
