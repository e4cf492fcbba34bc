package dev.taxon.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.core.checkpoint.DebertaConfig.Convolution;
import dev.taxon.core.checkpoint.DebertaConfig.Relative;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DebertaReaderTest {
    private static final String DEBERTA_BASE = """
            {"model_type": "deberta-v2", "vocab_size": 128003, "hidden_size": 768, "num_hidden_layers": 12,
             "num_attention_heads": 12, "intermediate_size": 3072, "max_position_embeddings": 512,
             "relative_attention": true, "position_buckets": 256, "max_relative_positions": -1,
             "norm_rel_ebd": "layer_norm", "share_att_key": true, "pos_att_type": %s,
             "position_biased_input": false, "type_vocab_size": 0, "layer_norm_eps": 1e-07, "hidden_act": "gelu"%s}
            """;

    @ParameterizedTest
    @ValueSource(strings = {"\"p2c|c2p\"", "[\"p2c\", \"c2p\"]"})
    void readsReleasedDebertas(String kinds) {
        DebertaConfig config = (DebertaConfig) read(DEBERTA_BASE.formatted(kinds, ""));
        assertThat(config.relative()).contains(new Relative(256, 512, true, true, true, true));
        assertThat(config.terms()).containsExactly("c2p", "p2c");
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
    @CsvSource({"false, true", "true, true", "false, false"})
    void whatIsWrittenIsReadBackWithItsScale(boolean relative, boolean named) {
        String json = DEBERTA_BASE
                .formatted(named ? "\"p2c|c2p\"" : "null", "")
                .replace("\"relative_attention\": true", "\"relative_attention\": " + relative);
        EncoderConfig config = read(json);
        byte[] written = ConfigWriter.write(TinyCheckpoints.joint(config, 10, 11, true), Optional.empty());
        EncoderConfig again =
                ConfigReader.read("config.json", written, "model").model().encoder();
        assertThat(again).isEqualTo(config);
        assertThat(again.numbers()).isEqualTo(config.numbers());
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

    private static EncoderConfig read(String encoder) {
        String json =
                "{\"encoder_config\": %s, \"class_token_index\": 10, \"text_token_index\": 11}".formatted(encoder);
        ConfigReader.Parsed parsed = ConfigReader.read("config.json", json.getBytes(StandardCharsets.UTF_8), "model");
        assertThat(parsed.base()).isEqualTo(Optional.empty());
        return parsed.model().encoder();
    }
}
