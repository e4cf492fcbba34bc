package dev.taxon.core.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.core.Mode;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.CheckpointException;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.core.checkpoint.ElementType;
import dev.taxon.core.checkpoint.OracleFolders;
import dev.taxon.core.checkpoint.SafetensorsWriter;
import dev.taxon.core.checkpoint.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

class AdapterFolderTest {
    private static final String BASE = "base";
    private static final String LAYER = "base_model.model.model.text_projector.linear_1.";
    private static final int SIZE = 48;

    private static AdapterFolder reader;

    @TempDir
    Path folder;

    @BeforeAll
    static void openModel() {
        try (Checkpoint checkpoint = Checkpoints.open(OracleFolders.path(OracleFolders.SIMPLE_FIRST))) {
            reader = new AdapterFolder(checkpoint.config(), HeadWeights.of(checkpoint), BASE);
        }
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
        write("{\"peft_type\":\"LORA\",\"lora_alpha\":4,\"r\":2}", lowRank());
        String digest = reader.read(folder).digest();
        assertThat(digest).matches("[0-9a-f]{64}");

        write("{\"r\":2,\"lora_alpha\":4,\"peft_type\":\"LORA\",\"peft_version\":\"other\"}", lowRank());
        assertThat(reader.read(folder).digest()).isEqualTo(digest);

        write("{\"peft_type\":\"LORA\",\"lora_alpha\":5,\"r\":2}", lowRank());
        assertThat(reader.read(folder).digest()).isNotEqualTo(digest);
    }

    @Test
    void readsTaxonsOwnFile() throws IOException {
        write("{\"peft_type\":\"LORA\"}", lowRank());
        String plain = reader.read(folder).digest();
        settings("{\"labels\":[\"a\",{\"name\":\"b\",\"description\":\"what b means\"}],\"mode\":\"multi-label\","
                + "\"temperature\":1.5,\"threshold\":0.4,\"thresholds\":{\"a\":0.3},\"base_digest\":\"base\","
                + "\"metrics\":{\"accuracy\":0.9}}");
        Adapter adapter = reader.read(folder);

        assertThat(adapter.settings().labels()).hasSize(2);
        assertThat(adapter.settings().labels().get(1).described()).isEqualTo("b: what b means");
        assertThat(adapter.settings().mode()).contains(Mode.MULTI_LABEL);
        assertThat(adapter.settings().temperature()).isEqualTo(1.5);
        assertThat(adapter.settings().thresholdOf("a")).isEqualTo(OptionalDouble.of(0.3));
        assertThat(adapter.settings().thresholdOf("b")).isEqualTo(OptionalDouble.of(0.4));
        assertThat(adapter.base()).contains(BASE);
        assertThat(adapter.digest()).isNotEqualTo(plain);
    }

    @Test
    void metricsAreNoPartOfTheDigest() throws IOException {
        write("{\"peft_type\":\"LORA\"}", lowRank());
        settings("{\"metrics\":1}");
        String digest = reader.read(folder).digest();
        settings("{\"metrics\":2,\"lineage\":{}}");
        assertThat(reader.read(folder).digest()).isEqualTo(digest);
    }

    @Test
    void refusesAnotherBase() throws IOException {
        write("{\"peft_type\":\"LORA\"}", lowRank());
        settings("{\"base_digest\":\"another\"}");
        assertThatThrownBy(() -> reader.read(folder))
                .hasMessageContaining("another")
                .hasMessageContaining("base");
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
        write(config, lowRank());
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
        Map<String, List<Long>> tensors = new LinkedHashMap<>(lowRank());
        tensors.put(tensor, List.of(2L, (long) SIZE));
        write("{\"peft_type\":\"LORA\"}", tensors);
        assertThatThrownBy(() -> reader.read(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(why);
    }

    @Test
    void refusesWrongShapesAndHalvesOfPairs() throws IOException {
        write("{\"peft_type\":\"LORA\"}", Map.of(LAYER + "lora_A.weight", List.of(2L, 48L)));
        assertThatThrownBy(() -> reader.read(folder)).hasMessageContaining("without lora_B");
        write(
                "{\"peft_type\":\"LORA\"}",
                Map.of(LAYER + "lora_A.weight", List.of(2L, 48L), LAYER + "lora_B.weight", List.of(48L, 3L)));
        assertThatThrownBy(() -> reader.read(folder)).hasMessageContaining("[48, 3]");
        write(
                "{\"peft_type\":\"LORA\"}",
                Map.of(LAYER + "lora_A.weight", List.of(2L, 47L), LAYER + "lora_B.weight", List.of(48L, 2L)));
        assertThatThrownBy(() -> reader.read(folder)).hasMessageContaining("[2, 47]");
    }

    @Test
    void replacesWholeLayersOfTheHeadsThatTheConfigurationNames() throws IOException {
        Map<String, List<Long>> whole = Map.of(LAYER + "weight", List.of(48L, 48L), LAYER + "bias", List.of(48L));
        write("{\"peft_type\":\"LORA\",\"modules_to_save\":[\"text_projector\"]}", whole);
        LowRankUpdate update = update(reader.read(folder), "model.text_projector.linear_1");
        assertThat(update.rank()).isEqualTo(SIZE);
        assertThat(update.shift()).isNotNull();

        write("{\"peft_type\":\"LORA\"}", whole);
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

    private static Map<String, List<Long>> lowRank() {
        return Map.of(LAYER + "lora_A.weight", List.of(2L, 48L), LAYER + "lora_B.weight", List.of(48L, 2L));
    }

    private void settings(String json) throws IOException {
        Files.writeString(folder.resolve(AdapterFolder.SETTINGS), json);
    }

    private void write(String config, Map<String, List<Long>> tensors) throws IOException {
        Files.writeString(folder.resolve(AdapterFolder.CONFIG), config);
        SafetensorsWriter writer = new SafetensorsWriter(Map.of());
        tensors.forEach((name, shape) -> writer.add(new TensorInfo(name, ElementType.F32, shape), () -> {
            int count = (int) shape.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
            return ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        }));
        writer.write(folder.resolve(AdapterFolder.WEIGHTS));
    }
}
