package dev.taxon.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.core.checkpoint.DebertaConfig.Convolution;
import dev.taxon.core.checkpoint.DebertaConfig.Relative;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncoderReaderTest {
    private static final String DEBERTA_BASE = """
            {"model_type": "deberta-v2", "vocab_size": 128003, "hidden_size": 768, "num_hidden_layers": 12,
             "num_attention_heads": 12, "intermediate_size": 3072, "max_position_embeddings": 512,
             "relative_attention": true, "position_buckets": 256, "max_relative_positions": -1,
             "norm_rel_ebd": "layer_norm", "share_att_key": true, "pos_att_type": %s,
             "position_biased_input": false, "type_vocab_size": 0, "layer_norm_eps": 1e-07, "hidden_act": "gelu"%s}
            """;
    private static final String ETTIN = """
            {"model_type": "modernbert", "vocab_size": 50370, "hidden_size": 384, "num_hidden_layers": 4,
             "num_attention_heads": 6, "intermediate_size": 576, "max_position_embeddings": 7999, "norm_eps": 1e-05,
             "local_attention": 128%s}
            """;

    @ParameterizedTest
    @ValueSource(strings = {"\"p2c|c2p\"", "[\"p2c\", \"c2p\"]"})
    void readsReleasedDebertas(String kinds) {
        DebertaConfig config = (DebertaConfig) read(DEBERTA_BASE.formatted(kinds, ""));
        assertThat(config.relative()).contains(new Relative(256, 512, true, true, true, true));
        assertThat(config.terms()).isEqualTo(2);
        assertThat(config.embeddingSize()).isEqualTo(768);
        assertThat(config.convolution()).isEmpty();
        // Distances know no end, so no limit comes from the model.
        assertThat(config.positions()).isGreaterThan(100_000);
    }

    @Test
    void readsWhatDebertasMayHave() {
        String options =
                ", \"conv_kernel_size\": 3, \"conv_act\": \"gelu\", \"position_biased_input\": true, \"embedding_size\": 128";
        DebertaConfig config = (DebertaConfig)
                read(DEBERTA_BASE.formatted("[\"c2p\"]", options).replace("\"position_biased_input\": false,", ""));
        assertThat(config.convolution()).contains(new Convolution(3, 1, Convolution.Activation.GELU));
        assertThat(config.positions()).isEqualTo(512);
        assertThat(config.embeddingSize()).isEqualTo(128);
        assertThat(config.relative().map(Relative::positionToContent)).contains(false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"p2p\"; pos_att_type is",
                "[3]; pos_att_type is",
                "\"c2p\"|, \"conv_kernel_size\": 4; conv_kernel_size is 4",
                "\"c2p\"|, \"conv_kernel_size\": 3, \"conv_act\": \"selu\"; conv_act is",
            })
    void refusesWhatNoDebertaHas(String options, String message) {
        String[] parts = options.split("\\|");
        String json = DEBERTA_BASE.formatted(parts[0], parts.length > 1 ? parts[1] : "");
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ", \"global_attn_every_n_layers\": 3, \"global_rope_theta\": 160000.0, \"local_rope_theta\": 10000.0",
                ", \"layer_types\": [\"full_attention\", \"sliding_attention\", \"sliding_attention\", \"full_attention\"],"
                        + " \"rope_parameters\": {\"full_attention\": {\"rope_type\": \"default\", \"rope_theta\": 160000.0},"
                        + " \"sliding_attention\": {\"rope_theta\": 10000.0}}"
            })
    void readsModernBertsOldAndNew(String style) {
        ModernBertConfig config = (ModernBertConfig) read(ETTIN.formatted(style));
        assertThat(config.local()).isEqualTo(List.of(false, true, true, false));
        assertThat(config.reach()).isEqualTo(64);
        assertThat(config.globalTheta()).isEqualTo(160_000);
        assertThat(config.localTheta()).isEqualTo(10_000);
        assertThat(config.attentionBias()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                ", \"layer_types\": [\"full_attention\"]; layer_types is",
                ", \"layer_types\": [\"a\", \"b\", \"c\", \"d\"]; layer_types is",
                ", \"hidden_activation\": \"relu\"; hidden_activation is",
                ", \"rope_parameters\": {\"full_attention\": {\"rope_type\": \"yarn\"}}; rope_type is",
                ", \"global_rope_theta\": -3; global_rope_theta is",
            })
    void refusesWhatNoModernBertHas(String option, String message) {
        assertThatThrownBy(() -> read(ETTIN.formatted(option)))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(message);
    }

    private static EncoderConfig read(String encoder) {
        String json =
                "{\"encoder_config\": %s, \"class_token_index\": 10, \"text_token_index\": 11}".formatted(encoder);
        ConfigReader.Parsed parsed = ConfigReader.read("config.json", json.getBytes(StandardCharsets.UTF_8), "model");
        assertThat(parsed.base()).isEqualTo(Optional.empty());
        return parsed.model().encoder();
    }
}
