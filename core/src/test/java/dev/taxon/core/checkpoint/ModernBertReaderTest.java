package dev.taxon.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.core.checkpoint.ModernBertConfig.Attention;
import dev.taxon.core.checkpoint.ModernBertConfig.Biases;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModernBertReaderTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Biases NO_BIASES = new Biases(false, false, false);

    /** The keys as ModernBERT base came with them, and as GLiClass adds its markers to the vocabulary. */
    private static final String OLDER_BASE = """
            {"model_type": "modernbert", "architectures": ["ModernBertForMaskedLM"], "attention_bias": false,
            "attention_dropout": 0.0, "global_attn_every_n_layers": 3, "global_rope_theta": 160000.0,
            "hidden_activation": "gelu", "hidden_size": 768, "intermediate_size": 1152, "layer_norm_eps": 1e-05,
            "local_attention": 128, "local_rope_theta": 10000.0, "max_position_embeddings": 8192, "mlp_bias": false,
            "norm_bias": false, "norm_eps": 1e-05, "num_attention_heads": 12, "num_hidden_layers": 22,
            "pad_token_id": 50283, "position_embedding_type": "absolute", "reference_compile": false,
            "vocab_size": 50370}""";

    /** An ettin encoder of 32 million parameters, as a current release of the reference writes it. */
    private static final String NEWER_ETTIN = """
            {"model_type": "modernbert", "attention_bias": false, "causal_mask": false,
            "global_attn_every_n_layers": 3, "head_dim": null, "hidden_activation": "gelu", "hidden_size": 384,
            "intermediate_size": 576, "is_causal": false, "layer_norm_eps": 1e-05,
            "layer_types": ["full_attention", "sliding_attention", "sliding_attention", "full_attention",
            "sliding_attention", "sliding_attention", "full_attention", "sliding_attention", "sliding_attention",
            "full_attention"], "local_attention": 128, "max_position_embeddings": 7999, "mlp_bias": false,
            "norm_bias": false, "norm_eps": 1e-05, "num_attention_heads": 6, "num_hidden_layers": 10,
            "pad_token_id": 50283, "position_embedding_type": "sans_pos", "rope_parameters": {
            "full_attention": {"rope_theta": 160000.0, "rope_type": "default"},
            "sliding_attention": {"rope_theta": 160000.0, "rope_type": "default"}}, "vocab_size": 50370}""";

    @Test
    void readsBaseWithItsOlderKeys() throws IOException {
        assertThat(read(parsed(OLDER_BASE)))
                .isEqualTo(new ModernBertConfig(
                        50_370,
                        768,
                        22,
                        12,
                        1152,
                        8192,
                        1e-5,
                        50_283,
                        new Attention(everyThirdGlobal(22), 64, 160_000, 10_000),
                        NO_BIASES));
    }

    @Test
    void readsLarge() throws IOException {
        ObjectNode json = parsed(OLDER_BASE)
                .put("hidden_size", 1024)
                .put("intermediate_size", 2624)
                .put("num_attention_heads", 16)
                .put("num_hidden_layers", 28);

        ModernBertConfig config = read(json);

        assertThat(config.attention().local()).isEqualTo(everyThirdGlobal(28));
        assertThat(config.intermediateSize()).isEqualTo(2624);
    }

    @Test
    void readsEttinWithTheNewerKeys() throws IOException {
        assertThat(read(parsed(NEWER_ETTIN)))
                .isEqualTo(new ModernBertConfig(
                        50_370,
                        384,
                        10,
                        6,
                        576,
                        7999,
                        1e-5,
                        50_283,
                        new Attention(everyThirdGlobal(10), 64, 160_000, 160_000),
                        NO_BIASES));
    }

    @Test
    void bothKindsOfKeysMeanTheSame() throws IOException {
        ObjectNode older = parsed(NEWER_ETTIN).put("global_rope_theta", 160_000).put("local_rope_theta", 160_000);
        older.remove(List.of("layer_types", "rope_parameters"));

        assertThat(read(older)).isEqualTo(read(parsed(NEWER_ETTIN)));
    }

    @Test
    void newerKeysCountWhereBothStand() throws IOException {
        ObjectNode both = parsed(NEWER_ETTIN)
                .put("global_rope_theta", 7)
                .put("local_rope_theta", 8)
                .put("global_attn_every_n_layers", 2);

        assertThat(read(both)).isEqualTo(read(parsed(NEWER_ETTIN)));
    }

    @Test
    void absentKeysMeanWhatTheyMeanInTheReference() throws IOException {
        ModernBertConfig config = read(parsed("""
                {"model_type": "modernbert", "vocab_size": 100, "hidden_size": 16, "num_hidden_layers": 4,
                "num_attention_heads": 2, "intermediate_size": 24}"""));

        assertThat(config)
                .isEqualTo(new ModernBertConfig(
                        100,
                        16,
                        4,
                        2,
                        24,
                        8192,
                        1e-5,
                        0,
                        new Attention(everyThirdGlobal(4), 64, 160_000, 10_000),
                        NO_BIASES));
    }

    @Test
    void aLocalThetaThatIsNullIsTheGlobalOne() throws IOException {
        ObjectNode json = parsed(OLDER_BASE).put("global_rope_theta", 5000);
        json.putNull("local_rope_theta");

        assertThat(read(json).attention().localTheta()).isEqualTo(5000);
    }

    @Test
    void rotaryPositionsKnowNoEndWhateverNumberIsWritten() throws IOException {
        ModernBertConfig config = read(parsed(OLDER_BASE).put("max_position_embeddings", 512));
        assertThat(config.positions()).isGreaterThan(100_000);

        byte[] written = ConfigWriter.write(TinyCheckpoints.joint(config, 1, 2, true), Optional.empty());
        assertThat(MAPPER.readTree(written).at("/encoder_config/max_position_embeddings"))
                .hasToString("512");
    }

    @Test
    void readsEachBias() throws IOException {
        assertThat(read(parsed(OLDER_BASE).put("norm_bias", true)).biases()).isEqualTo(new Biases(true, false, false));
        assertThat(read(parsed(OLDER_BASE).put("attention_bias", true)).biases())
                .isEqualTo(new Biases(false, true, false));
        assertThat(read(parsed(OLDER_BASE).put("mlp_bias", true)).biases()).isEqualTo(new Biases(false, false, true));
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        ModernBertConfig encoder = read(
                parsed(NEWER_ETTIN).put("norm_bias", true).put("mlp_bias", true).put("local_attention", 32));
        ModelConfig config = TinyCheckpoints.joint(encoder, 50_368, 50_369, true);

        byte[] written = ConfigWriter.write(config, Optional.empty());

        assertThat(ConfigReader.read("config.json", written, "folder").model()).isEqualTo(config);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hidden_activation | \"relu\" | hidden_activation",
                "hidden_activation | \"gelu_pytorch_tanh\" | hidden_activation",
                "layer_types | [\"full_attention\", \"chunked_attention\"] | layer_types",
                "rope_scaling | {\"rope_type\": \"yarn\", \"factor\": 4.0} | rope_scaling.rope_type is \"yarn\"",
                "rope_scaling | {\"type\": \"linear\"} | rope_scaling.type is \"linear\"",
                "rope_parameters | {\"rope_type\": \"yarn\"} | rope_parameters.rope_type is \"yarn\"",
                "rope_parameters | {\"full_attention\": {\"rope_type\": \"llama3\"}} | full_attention.rope_type is \"llama3\"",
                "rope_parameters | {\"sliding_attention\": {\"type\": \"linear\"}} | sliding_attention.type is \"linear\"",
                "head_dim | 4 | head_dim"
            })
    void refusesByNameWhatItDoesNotRun(String key, String value, String named) throws IOException {
        ObjectNode json = with(key, value).put("num_hidden_layers", 2);

        assertThatThrownBy(() -> read(json))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("config.json: encoder_config.")
                .hasMessageContaining(named)
                .hasMessageContaining("does not support");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "num_attention_heads | 7",
                "num_attention_heads | 256",
                "global_attn_every_n_layers | 0",
                "layer_types | []",
                "layer_types | \"full_attention\"",
                "local_attention | 0",
                "local_attention | 1000000000",
                "global_rope_theta | 0",
                "global_rope_theta | -5",
                "local_rope_theta | \"big\"",
                "rope_parameters | []",
                "rope_parameters | {\"full_attention\": {\"rope_theta\": 1e999}}",
                "max_position_embeddings | 0",
                "norm_eps | 0",
                "norm_bias | 1",
                "pad_token_id | 50370",
                "intermediate_size | 0"
            })
    void refusesSizesThatCannotBe(String key, String value) throws IOException {
        ObjectNode json = with(key, value);
        String named = value.contains("rope_theta") ? "rope_parameters.full_attention.rope_theta" : key;

        assertThatThrownBy(() -> read(json))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("config.json: encoder_config." + named);
    }

    private static List<Boolean> everyThirdGlobal(int layers) {
        return IntStream.range(0, layers).mapToObj(layer -> layer % 3 != 0).toList();
    }

    private static ObjectNode with(String key, String value) throws IOException {
        ObjectNode json = parsed(OLDER_BASE);
        json.set(key, (JsonNode) MAPPER.readTree(value));
        return json;
    }

    private static ObjectNode parsed(String json) throws IOException {
        return (ObjectNode) MAPPER.readTree(json);
    }

    /** As GLiClass ships it: inside config.json. */
    private static ModernBertConfig read(ObjectNode encoder) {
        ObjectNode json = MAPPER.createObjectNode().put("class_token_index", 1).put("text_token_index", 2);
        json.set("encoder_config", encoder);
        byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
        return (ModernBertConfig)
                ConfigReader.read("config.json", bytes, "folder").model().encoder();
    }
}
