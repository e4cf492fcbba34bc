package dev.taxon.core.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.core.Mode;
import dev.taxon.core.checkpoint.CheckpointException;
import dev.taxon.core.checkpoint.OracleFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdapterFolderTest {
    private static AdapterFolder reader;

    @TempDir
    Path folder;

    @BeforeAll
    static void openModel() {
        reader = TestAdapters.reader();
    }

    @Test
    void scalesByAlphaOverRankAndByPatterns() {
        Adapter adapter = reader.read(OracleFolders.adapter(OracleFolders.SIMPLE_FIRST, "rank-pattern"));
        LowRankUpdate narrow = update(adapter, "model.encoder_model.encoder.layer.0.attention.self.query");
        LowRankUpdate plain = update(adapter, "model.encoder_model.encoder.layer.0.attention.self.key");

        assertThat(narrow.rank()).isEqualTo(2);
        assertThat(plain.rank()).isEqualTo(4);
        assertThat(adapter.rank()).isEqualTo(4);
        assertThat(adapter.base()).isEmpty();
    }

    @Test
    void knowsAdaptersByTheirContent() throws IOException {
        TestAdapters.write(folder, "{\"peft_type\":\"LORA\",\"lora_alpha\":4,\"r\":2}", TestAdapters.lowRank());
        String digest = reader.read(folder).digest();
        assertThat(digest).matches("[0-9a-f]{64}");

        TestAdapters.write(
                folder,
                "{\"r\":2,\"lora_alpha\":4,\"peft_type\":\"LORA\",\"peft_version\":\"other\"}",
                TestAdapters.lowRank());
        assertThat(reader.read(folder).digest()).isEqualTo(digest);

        TestAdapters.write(folder, "{\"peft_type\":\"LORA\",\"lora_alpha\":5,\"r\":2}", TestAdapters.lowRank());
        assertThat(reader.read(folder).digest()).isNotEqualTo(digest);
    }

    @Test
    void readsTaxonsOwnFile() throws IOException {
        TestAdapters.write(folder, "{\"peft_type\":\"LORA\"}", TestAdapters.lowRank());
        String plain = reader.read(folder).digest();
        TestAdapters.settings(
                folder,
                "{\"labels\":[\"a\",{\"name\":\"b\",\"description\":\"what b means\"}],\"mode\":\"multi-label\","
                        + "\"temperature\":1.5,\"threshold\":0.4,\"thresholds\":{\"a\":0.3},\"base_digest\":\"base\","
                        + "\"metrics\":{\"accuracy\":0.9}}");
        Adapter adapter = reader.read(folder);

        assertThat(adapter.settings().labels()).hasSize(2);
        assertThat(adapter.settings().labels().get(1).described()).isEqualTo("b: what b means");
        assertThat(adapter.settings().mode()).contains(Mode.MULTI_LABEL);
        assertThat(adapter.settings().temperature()).isEqualTo(1.5);
        assertThat(adapter.settings().thresholdOf("a")).isEqualTo(OptionalDouble.of(0.3));
        assertThat(adapter.settings().thresholdOf("b")).isEqualTo(OptionalDouble.of(0.4));
        assertThat(adapter.base()).contains(TestAdapters.BASE);
        assertThat(adapter.digest()).isNotEqualTo(plain);
    }

    @Test
    void metricsAreNoPartOfTheDigest() throws IOException {
        TestAdapters.write(folder, "{\"peft_type\":\"LORA\"}", TestAdapters.lowRank());
        TestAdapters.settings(folder, "{\"metrics\":1}");
        String digest = reader.read(folder).digest();
        TestAdapters.settings(folder, "{\"metrics\":2,\"lineage\":{}}");
        assertThat(reader.read(folder).digest()).isEqualTo(digest);
    }

    @Test
    void refusesAnotherBase() throws IOException {
        TestAdapters.write(folder, "{\"peft_type\":\"LORA\"}", TestAdapters.lowRank());
        String other = "0f".repeat(32);
        TestAdapters.settings(folder, "{\"base_digest\":\"" + other + "\"}");
        assertThatThrownBy(() -> reader.read(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("trained on the base " + other + ", but this model is " + TestAdapters.BASE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"peft_type\":\"LOHA\"} | peft_type",
                "{\"peft_type\":\"LORA\",\"use_dora\":true} | use_dora",
                "{\"peft_type\":\"LORA\",\"init_lora_weights\":\"pissa\"} | path_initial_model_for_weight_conversion",
                "{\"peft_type\":\"LORA\",\"loftq_config\":{\"loftq_bits\":4}} | loftq_config",
                "{\"peft_type\":\"LORA\",\"bias\":\"all\"} | bias",
                "{\"peft_type\":\"LORA\",\"trainable_token_indices\":[1]} | trainable_token_indices",
                "{\"peft_type\":\"LORA\",\"something_new\":3} | something_new",
                "{\"peft_type\":\"LORA\",\"lora_alpha\":1e30} | lora_alpha",
                "{\"peft_type\":\"LORA\",\"alpha_pattern\":{\"(\":1}} | alpha_pattern",
                "{\"peft_type\":\"LORA\",\"alpha_pattern\":{\"a\":\"b\"}} | alpha_pattern",
                "[] | not a JSON object",
                "{ | not valid JSON"
            })
    void refusesConfigurationsByName(String config, String named) throws IOException {
        TestAdapters.write(folder, config, TestAdapters.lowRank());
        assertThatThrownBy(() -> reader.read(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "base_model.model.model.text_projector.linear_1.lora_magnitude_vector | DoRA",
                "base_model.model.model.encoder_model.embeddings.word_embeddings.lora_embedding_A | embeddings",
                "base_model.model.model.text_projector.linear_1.base_layer.bias | biases",
                "base_model.model.model.no_such.lora_A.weight | no linear layer",
                "model.text_projector.linear_1.lora_A.weight | does not begin",
                "base_model.model.model.text_projector.linear_1.what | no part"
            })
    void refusesTensorsByName(String tensor, String why) throws IOException {
        Map<String, List<Long>> tensors = new LinkedHashMap<>(TestAdapters.lowRank());
        tensors.put(tensor, List.of(2L, (long) TestAdapters.SIZE));
        TestAdapters.write(folder, "{\"peft_type\":\"LORA\"}", tensors);
        assertThatThrownBy(() -> reader.read(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"a\",\"a\"]", "[\"a\",\"b\",{\"name\":\"a\",\"description\":\"another\"}]"})
    void refusesALabelThatStandsTwice(String labels) throws IOException {
        TestAdapters.write(folder, "{\"peft_type\":\"LORA\"}", TestAdapters.lowRank());
        Files.writeString(folder.resolve("taxon.json"), "{\"labels\":" + labels + "}");
        assertThatThrownBy(() -> reader.read(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageEndingWith("taxon.json: labels names one label twice; each may stand there once.");
    }

    @Test
    void refusesWrongShapesAndHalvesOfPairs() throws IOException {
        TestAdapters.write(
                folder, "{\"peft_type\":\"LORA\"}", Map.of(TestAdapters.LAYER + "lora_A.weight", List.of(2L, 48L)));
        assertThatThrownBy(() -> reader.read(folder)).hasMessageContaining("without lora_B");
        TestAdapters.write(
                folder,
                "{\"peft_type\":\"LORA\"}",
                Map.of(
                        TestAdapters.LAYER + "lora_A.weight",
                        List.of(2L, 48L),
                        TestAdapters.LAYER + "lora_B.weight",
                        List.of(48L, 3L)));
        assertThatThrownBy(() -> reader.read(folder)).hasMessageContaining("[48, 3]");
        TestAdapters.write(
                folder,
                "{\"peft_type\":\"LORA\"}",
                Map.of(
                        TestAdapters.LAYER + "lora_A.weight",
                        List.of(2L, 47L),
                        TestAdapters.LAYER + "lora_B.weight",
                        List.of(48L, 2L)));
        assertThatThrownBy(() -> reader.read(folder)).hasMessageContaining("[2, 47]");
    }

    @Test
    void replacesWholeLayersOfTheHeadsThatTheConfigurationNames() throws IOException {
        Map<String, List<Long>> whole =
                Map.of(TestAdapters.LAYER + "weight", List.of(48L, 48L), TestAdapters.LAYER + "bias", List.of(48L));
        TestAdapters.write(folder, "{\"peft_type\":\"LORA\",\"modules_to_save\":[\"text_projector\"]}", whole);
        LowRankUpdate update = update(reader.read(folder), "model.text_projector.linear_1");
        assertThat(update.rank()).isEqualTo(TestAdapters.SIZE);
        assertThat(update.shift()).isNotNull();

        TestAdapters.write(folder, "{\"peft_type\":\"LORA\"}", whole);
        assertThatThrownBy(() -> reader.read(folder)).hasMessageContaining("modules_to_save");
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        String whole = "an adapter is a folder of adapter_config.json and adapter_model.safetensors.";
        assertThatThrownBy(() -> reader.read(folder.resolve("nowhere")))
                .isInstanceOf(CheckpointException.class)
                .hasMessage(folder.resolve("nowhere") + " is not a folder; " + whole);
        assertThatThrownBy(() -> reader.read(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessage(folder.resolve(AdapterFolder.CONFIG) + " is missing; " + whole);
        Files.writeString(folder.resolve(AdapterFolder.CONFIG), "{\"peft_type\":\"LORA\"}");
        assertThatThrownBy(() -> reader.read(folder))
                .hasMessage(folder.resolve(AdapterFolder.WEIGHTS) + " is missing; " + whole);
    }

    private static LowRankUpdate update(Adapter adapter, String layer) {
        return Objects.requireNonNull(adapter.updates().get(layer), layer);
    }
}
