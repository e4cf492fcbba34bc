package dev.taxon.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tensors that a configuration calls for, and do not fit it. */
class CheckpointWeightsTest {
    private static final String QUERY = "model.encoder_model.encoder.layer.1.attention.self.query.weight";

    @TempDir
    Path temporary;

    private Path folder = Path.of("set before each test");

    @BeforeEach
    void copyOracle() {
        folder = OracleFolders.copy(OracleFolders.SIMPLE_FIRST, temporary.resolve("my-model"));
    }

    @Test
    void aMissingTensorIsNamedWithItsShape() {
        rewrite(name -> !name.equals(QUERY), List.of());
        assertRefused("lacks tensor '" + QUERY + "' of shape [48, 48]");
    }

    @Test
    void aWrongShapeIsNamedWithBoth() {
        rewrite(name -> !name.equals(QUERY), List.of(new TensorInfo(QUERY, ElementType.F32, List.of(48L, 47L))));
        assertRefused("'" + QUERY + "' has shape [48, 47] where config.json calls for [48, 48]");
    }

    @Test
    void integersForWeightsAreRefused() {
        rewrite(name -> !name.equals(QUERY), List.of(new TensorInfo(QUERY, ElementType.I64, List.of(48L, 48L))));
        assertRefused("'" + QUERY + "' holds integers");
    }

    @Test
    void configurationAndWeightsMustAgree() throws IOException {
        Path config = folder.resolve("config.json");
        String text = Files.readString(config);
        Files.writeString(config, text.replace("\"num_hidden_layers\": 3", "\"num_hidden_layers\": 4"));
        assertRefused("lacks tensor 'model.encoder_model.encoder.layer.3.");
        Files.writeString(config, text.replace("\"scorer_type\": \"simple\"", "\"scorer_type\": \"mlp\""));
        assertRefused("lacks tensor 'model.scorer.mlp.0.weight' of shape [256, 96]");
    }

    @Test
    void weightsThatAreNotFiniteAreNamed() {
        for (ElementType type : new ElementType[] {ElementType.F32, ElementType.F16, ElementType.BF16}) {
            for (int bits : new int[] {0x7FC00000, 0x7F800000, 0xFF800000}) {
                int narrow = type == ElementType.F16 ? (bits >>> 16 & 0x8000) | 0x7C00 : bits >>> 16;
                assertThatThrownBy(() -> WeightShapes.check(
                                Map.of("weight", List.of(3L)), one(type, type == ElementType.F32 ? bits : narrow)))
                        .isInstanceOf(CheckpointException.class)
                        .hasMessageContaining("'weight' holds values that are not finite");
            }
            WeightShapes.check(Map.of("weight", List.of(3L)), one(type, 0x3C00));
        }
    }

    @Test
    void damagedWeightsOfAFolderAreNamed() throws IOException {
        Path file = folder.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - 4, Float.NaN);
        Files.write(file, bytes);
        assertRefused("'model.text_projector.linear_2.weight' holds values that are not finite");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> Checkpoints.open(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(message);
    }

    private static Weights one(ElementType type, int bits) {
        ByteBuffer data = ByteBuffer.allocate(3 * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        if (type == ElementType.F32) {
            data.putInt(4, bits);
        } else {
            data.putShort(2, (short) bits);
        }
        String header =
                SafetensorsBytes.header(SafetensorsBytes.tensor("weight", type.name(), "[3]", 0, data.capacity()));
        return SafetensorsFile.ofBytes(
                "one", SafetensorsBytes.of(header.getBytes(StandardCharsets.UTF_8), header.length(), data.array()));
    }

    /** Writes the weights anew, without some tensors and with others, which are zeros. */
    private void rewrite(Predicate<String> kept, List<TensorInfo> added) {
        Path file = folder.resolve("model.safetensors");
        try (SafetensorsFile weights = SafetensorsFile.open(file)) {
            SafetensorsWriter writer = new SafetensorsWriter(Map.of());
            weights.names().stream()
                    .filter(kept)
                    .forEach(name -> writer.add(weights.info(name), () -> weights.bytes(name)));
            for (TensorInfo info : added) {
                int size = (int) info.elements() * info.type().bytes();
                writer.add(info, () -> ByteBuffer.allocate(size));
            }
            writer.write(file);
        }
    }
}
