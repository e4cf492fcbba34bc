package dev.taxon.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final EncoderConfig ENCODER = TinyCheckpoints.encoder(512);

    @Test
    void readsTheReferencesConfiguration() throws IOException {
        assertThat(read(original()))
                .isEqualTo(new ConfigReader.Parsed(
                        new ModelConfig(
                                "folder",
                                ENCODER,
                                new Layout.Joint(
                                        TextPooling.FIRST,
                                        ClassPooling.FIRST,
                                        true,
                                        ScorerKind.SIMPLE,
                                        false,
                                        true,
                                        1000,
                                        1001)),
                        Optional.empty()));
    }

    @Test
    void readsEveryOptionThatRuns() throws IOException {
        ObjectNode json = original();
        json.put("pooling_strategy", "avg")
                .put("class_token_pooling", "average")
                .put("scorer_type", "mlp")
                .put("normalize_features", true)
                .put("embed_class_token", false)
                .put("prompt_first", false)
                .put("name", "mine");

        assertThat(read(json).model())
                .isEqualTo(new ModelConfig(
                        "mine",
                        ENCODER,
                        new Layout.Joint(
                                TextPooling.AVG,
                                ClassPooling.AVERAGE,
                                false,
                                ScorerKind.MLP,
                                true,
                                false,
                                1000,
                                1001)));
    }

    @Test
    void absentKeysMeanWhatTheyMeanInTheReference() throws IOException {
        ObjectNode json = MAPPER.createObjectNode();
        json.set("encoder_config", original().get("encoder_config"));
        json.put("vocab_size", 1000);

        ModelConfig config = read(json).model();

        Layout.Joint layout = (Layout.Joint) config.layout();
        assertThat(layout.classToken()).isEqualTo(1000);
        assertThat(layout.textToken()).isEqualTo(1001);
        assertThat(layout.promptFirst()).isFalse();
        assertThat(layout.embedClassToken()).isTrue();
        assertThat(layout.scorer()).isEqualTo(ScorerKind.SIMPLE);
    }

    @ParameterizedTest
    @CsvSource({
        "architecture_type, \"bi-encoder\"",
        "architecture_type, \"encoder-decoder\"",
        "pooling_strategy, \"max\"",
        "pooling_strategy, \"pass\"",
        "class_token_pooling, \"last\"",
        "scorer_type, \"hopfield\"",
        "scorer_type, \"weighted-dot\"",
        "scorer_type, \"cross-attn\"",
        "use_lstm, true",
        "extract_text_features, true",
        "use_segment_embeddings, true",
        "squeeze_layers, true",
        "layer_wise, true",
        "encoder_layer_id, 2",
        "projector_hidden_act, \"relu\"",
        "encoder_config.model_type, \"deberta-v2\"",
        "encoder_config.hidden_act, \"relu\"",
        "encoder_config.hidden_act, \"gelu_new\"",
        "encoder_config.position_embedding_type, \"relative_key\"",
        "encoder_config.is_decoder, true"
    })
    void refusesByNameWhatItDoesNotRun(String key, String value) throws IOException {
        assertThatThrownBy(() -> read(with(key, value)))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("config.json")
                .hasMessageContaining(key + " is " + value)
                .hasMessageContaining("does not support");
    }

    @ParameterizedTest
    @CsvSource({
        "encoder_config.hidden_size, 50",
        "encoder_config.hidden_size, 0",
        "encoder_config.hidden_size, -48",
        "encoder_config.hidden_size, 1e9",
        "encoder_config.hidden_size, 2147483648",
        "encoder_config.hidden_size, \"48\"",
        "encoder_config.num_attention_heads, 0",
        "encoder_config.num_attention_heads, 7",
        "encoder_config.num_hidden_layers, 0",
        "encoder_config.num_hidden_layers, 100000",
        "encoder_config.max_position_embeddings, 0",
        "encoder_config.vocab_size, 0",
        "encoder_config.vocab_size, null",
        "encoder_config.type_vocab_size, 0",
        "encoder_config.layer_norm_eps, 0",
        "encoder_config.layer_norm_eps, -1",
        "encoder_config.layer_norm_eps, \"small\"",
        "encoder_config.pad_token_id, 1003",
        "encoder_config, null",
        "encoder_config, 7",
        "class_token_index, 1003",
        "class_token_index, -2",
        "class_token_index, -1",
        "text_token_index, 5000000000",
        "use_lstm, \"yes\"",
        "scorer_type, 7"
    })
    void refusesSizesThatCannotBe(String key, String value) throws IOException {
        String name = key.equals("encoder_config.hidden_size") && value.equals("50") ? "num_attention_heads" : key;
        assertThatThrownBy(() -> read(with(key, value)))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("config.json")
                .hasMessageContaining(name);
    }

    @Test
    void aNameIsShortAndPrintable() throws IOException {
        String longest = "n".repeat(200);
        assertThat(read(original().put("name", longest)).model().name()).isEqualTo(longest);
        for (String name : new String[] {"", " ", longest + "n", "two\nlines"}) {
            ObjectNode json = original().put("name", name);
            assertThatThrownBy(() -> read(json))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("name is ")
                    .hasMessageContaining("1 to 200 printable characters");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{\"a\":1,\"a\":2}", "{} {}", "\"text\"", "\0"})
    void refusesWhatIsNoObject(String text) {
        assertThatThrownBy(() -> ConfigReader.read("config.json", text.getBytes(StandardCharsets.UTF_8), "folder"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("config.json");
    }

    private static ObjectNode with(String path, String value) throws IOException {
        ObjectNode json = original();
        JsonNode parsed = MAPPER.readTree(value);
        int dot = path.indexOf('.');
        ObjectNode parent = dot < 0 ? json : (ObjectNode) json.get(path.substring(0, dot));
        parent.set(path.substring(dot + 1), parsed);
        return json;
    }

    private static ConfigReader.Parsed read(ObjectNode json) {
        return ConfigReader.read("config.json", json.toString().getBytes(StandardCharsets.UTF_8), "folder");
    }

    private static ObjectNode original() throws IOException {
        return (ObjectNode) MAPPER.readTree(Files.readAllBytes(
                OracleFolders.path(OracleFolders.SIMPLE_FIRST).resolve("config.json")));
    }
}
