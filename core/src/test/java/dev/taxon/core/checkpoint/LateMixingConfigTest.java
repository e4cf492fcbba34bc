package dev.taxon.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The late-mixing layout: what it takes beside its encoder, and that what is written is read back. */
class LateMixingConfigTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    @Test
    void readsLateMixing() throws IOException {
        ObjectNode json = lateMixing(2).put("base", "bge-small-en-v1.5");

        ConfigReader.Parsed parsed = read(json);

        assertThat(parsed.model().layout()).isEqualTo(new Layout.LateMixing(2));
        assertThat(parsed.base()).contains("bge-small-en-v1.5");
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        ObjectNode late = lateMixing(1);
        for (ObjectNode json : new ObjectNode[] {original(), late}) {
            ConfigReader.Parsed parsed = read(json);
            byte[] written = ConfigWriter.write(parsed.model(), Optional.empty());
            assertThat(ConfigReader.read("config.json", written, "other")).isEqualTo(parsed);
        }
        byte[] withBase = ConfigWriter.write(read(late).model(), Optional.of("bge-small-en-v1.5"));
        assertThat(ConfigReader.read("config.json", withBase, "other").base()).contains("bge-small-en-v1.5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "4", "null", "\"two\""})
    void mixingLayersMustBeLayers(String value) throws IOException {
        ObjectNode json = lateMixing(1);
        json.set("mixing_layers", MAPPER.readTree(value));
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("mixing_layers");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void fromOneToAllLayersMayMix(int layers) throws IOException {
        assertThat(read(lateMixing(layers)).model().layout()).isEqualTo(new Layout.LateMixing(layers));
    }

    @ParameterizedTest
    @CsvSource({
        "pooling_strategy, \"avg\"",
        "class_token_pooling, \"average\"",
        "scorer_type, \"mlp\"",
        "normalize_features, false",
        "embed_class_token, false",
        "prompt_first, true",
        "class_token_index, 1000",
        "text_token_index, 1001"
    })
    void lateMixingRefusesByNameWhatIsNotItsOneValue(String key, String value) throws IOException {
        ObjectNode json = lateMixing(2);
        json.set(key, MAPPER.readTree(value));
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(key + " is " + value)
                .hasMessageContaining("does not support");
    }

    @Test
    void lateMixingTakesItsOneValueSpelledOut() throws IOException {
        ObjectNode json = lateMixing(2);
        json.put("normalize_features", true)
                .put("embed_class_token", true)
                .put("prompt_first", false)
                .put("class_token_index", -1)
                .put("text_token_index", -1);
        assertThat(read(json)).isEqualTo(read(lateMixing(2)));
    }

    /** As {@link ConfigWriter} leaves it: without options of the joint layout. */
    private static ObjectNode lateMixing(int layers) throws IOException {
        ObjectNode json = original();
        json.remove(List.of("class_token_index", "text_token_index", "prompt_first", "normalize_features"));
        return json.put("architecture_type", "late-mixing").put("mixing_layers", layers);
    }

    private static ConfigReader.Parsed read(ObjectNode json) {
        return ConfigReader.read("config.json", json.toString().getBytes(StandardCharsets.UTF_8), "folder");
    }

    private static ObjectNode original() throws IOException {
        return (ObjectNode) MAPPER.readTree(Files.readAllBytes(
                OracleFolders.path(OracleFolders.SIMPLE_FIRST).resolve("config.json")));
    }
}
