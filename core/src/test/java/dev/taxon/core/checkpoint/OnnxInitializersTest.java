package dev.taxon.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OnnxInitializersTest {
    private static final String LAYER = "model.encoder_model.encoder.layer.0.";

    @Test
    void namesMatricesByTheOrderOfNodesAndTransposesThem() {
        Weights weights = read(OnnxBytes.oneLayer());

        assertThat(weights.names())
                .containsExactlyInAnyOrder(
                        "model.encoder_model.embeddings.LayerNorm.weight",
                        LAYER + "attention.self.query.weight",
                        LAYER + "attention.self.key.weight",
                        LAYER + "attention.self.value.weight",
                        LAYER + "attention.output.dense.weight",
                        LAYER + "intermediate.dense.weight",
                        LAYER + "output.dense.weight");
        assertThat(weights.info(LAYER + "output.dense.weight").shape()).containsExactly(3L, 2L);
        assertThat(floats(weights, LAYER + "attention.self.query.weight")).containsExactly(1, 21, 12, 22, 13, 23);
        assertThat(floats(weights, LAYER + "attention.self.value.weight")[0]).isEqualTo(3);
        assertThat(floats(weights, LAYER + "output.dense.weight")[0]).isEqualTo(6);
        assertThat(floats(weights, "model.encoder_model.embeddings.LayerNorm.weight"))
                .containsExactly(0.5f, -1f);
        assertThatThrownBy(() -> weights.bytes("none"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("'none'");
    }

    @Test
    void namesMatricesTheSameWhateverDigitsTheMachinesLanguageHas() {
        Locale before = Locale.getDefault();
        Locale.setDefault(new Locale("ar", "EG"));
        try {
            assertThat(read(OnnxBytes.oneLayer()).names()).contains(LAYER + "output.dense.weight");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void keepsOnlyWhatIsWanted() {
        byte[] model = OnnxBytes.oneLayer();
        Weights weights = OnnxInitializers.read(
                "model.onnx", () -> new ByteArrayInputStream(model), name -> name.endsWith("key.weight"));

        assertThat(weights.names()).containsExactly(LAYER + "attention.self.key.weight");
    }

    @Test
    void readsTheBaseEncoderWhole() {
        try (Checkpoint checkpoint = Checkpoints.ofBase("bge-small-en-v1.5", 2)) {
            assertThat(checkpoint.config().layout()).isEqualTo(new Layout.LateMixing(2));
            Weights weights = checkpoint.weights();
            assertThat(weights.names())
                    .containsExactlyInAnyOrderElementsOf(
                            WeightShapes.ofEncoder(checkpoint.config()).keySet());
            // Elements [0, 1] of the stored matrices, which are transposed, read with another tool.
            assertThat(Float32.read(weights, LAYER + "attention.self.query.weight")
                            .get(1))
                    .isEqualTo(0x1.f88p-5f);
            assertThat(Float32.read(weights, "model.encoder_model.encoder.layer.11.output.dense.weight")
                            .get(0))
                    .isEqualTo(0x1.c8p-9f);
            assertThat(new String(checkpoint.tokenizerJson().get(), StandardCharsets.UTF_8))
                    .contains("WordPiece");
        }
    }

    @Test
    void anUnknownBaseIsNamed() {
        assertThatThrownBy(() -> Checkpoints.ofBase("bge-huge", 2))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("'bge-huge' is not known");
        assertThatThrownBy(() -> Checkpoints.ofBase("bge-small-en-v1.5", 13))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesEveryTruncation() {
        byte[] whole = OnnxBytes.oneLayer();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut)).as("cut at %d", length).isInstanceOf(CheckpointException.class);
        }
    }

    @Test
    void mutationsLoadOrAreRefused() {
        byte[] whole = OnnxBytes.oneLayer();
        Random random = new Random(20_261_123);
        int refused = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] mutated = whole.clone();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            try {
                read(mutated).close();
            } catch (CheckpointException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(200);
    }

    @Test
    void refusesALengthBeyondTheStreamWithoutAllocatingIt() {
        ByteArrayOutputStream lying = new ByteArrayOutputStream();
        lying.writeBytes(OnnxBytes.varint(7 << 3 | 2));
        lying.writeBytes(OnnxBytes.varint(Long.MAX_VALUE / 2));
        lying.writeBytes(OnnxBytes.varint(5 << 3 | 2));
        lying.writeBytes(OnnxBytes.varint(2_000_000_000L));
        lying.writeBytes(OnnxBytes.varint(9 << 3 | 2));
        lying.writeBytes(OnnxBytes.varint(1_999_999_000L));
        lying.writeBytes(new byte[1000]);

        assertThatThrownBy(() -> read(lying.toByteArray()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("model.onnx");
    }

    @Test
    void refusesTensorsThatLie() {
        assertRefused(graph(OnnxBytes.tensor("embeddings.a", List.of(3L), 1, 2)), "'embeddings.a'");
        assertRefused(graph(OnnxBytes.tensor("embeddings.a", List.of(-1L), 1)), "'embeddings.a'");
        assertRefused(graph(OnnxBytes.tensor("embeddings.a", List.of(1L << 31, 1L << 31), 1)), "'embeddings.a'");
        assertRefused(
                graph(
                        OnnxBytes.tensor("embeddings.a", List.of(1L), 1),
                        OnnxBytes.tensor("embeddings.a", List.of(1L), 1)),
                "twice");
        assertRefused(
                graph(
                        OnnxBytes.node("MatMul", "state", "onnx::MatMul_1"),
                        OnnxBytes.tensor("onnx::MatMul_1", List.of(1L), 1)),
                "1 weight matrices");
        assertRefused(new byte[0], "0 weight matrices");
    }

    private static void assertRefused(byte[] model, String message) {
        assertThatThrownBy(() -> read(model))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("model.onnx")
                .hasMessageContaining(message);
    }

    private static byte[] graph(byte[]... fields) {
        ByteArrayOutputStream graph = new ByteArrayOutputStream();
        for (byte[] field : fields) {
            graph.writeBytes(field);
        }
        return OnnxBytes.model(graph.toByteArray());
    }

    private static Weights read(byte[] model) {
        return OnnxInitializers.read("model.onnx", () -> new ByteArrayInputStream(model), name -> true);
    }

    private static float[] floats(Weights weights, String name) {
        FloatBuffer buffer = Float32.read(weights, name);
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }
}
