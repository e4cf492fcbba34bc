package dev.taxon.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder that ships what training added and names the base for the rest. */
class LateMixingCheckpointTest {
    private static final String BASE = "bge-small-en-v1.5";
    private static final String NORM = "model.encoder_model.embeddings.LayerNorm.weight";
    private static final String WORDS = "model.encoder_model.embeddings.word_embeddings.weight";

    @TempDir
    Path folder;

    @Test
    void itsOwnTensorsWinOverTheBases() throws IOException {
        write(config(BaseEncoders.config(BASE)), true);

        try (Checkpoint checkpoint = Checkpoints.open(folder)) {
            Weights weights = checkpoint.weights();
            assertThat(checkpoint.base()).contains(BASE);
            assertThat(weights.info(NORM).type()).isEqualTo(ElementType.F16);
            assertThat(Float32.read(weights, NORM).get(7)).isZero();
            assertThat(weights.info(WORDS).shape()).containsExactly(30_522L, 384L);
            assertThat(new String(checkpoint.tokenizerJson().get(), StandardCharsets.UTF_8))
                    .contains("WordPiece");
            assertThat(weights.names())
                    .containsAll(WeightShapes.of(checkpoint.config()).keySet());
            assertThatThrownBy(() -> weights.info("none")).isInstanceOf(CheckpointException.class);
        }
    }

    @Test
    void headsAreNeverTheBases() throws IOException {
        write(config(BaseEncoders.config(BASE)), false);

        assertThatThrownBy(() -> Checkpoints.open(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("lacks tensor 'model.text_projector.linear_1.weight'");
    }

    @Test
    void theBaseMustBeOfThatShape() throws IOException {
        write(config(new EncoderConfig(30_522, 384, 6, 12, 1_536, 512, 2, 1e-12, 0)), true);

        assertThatThrownBy(() -> Checkpoints.open(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("does not describe the base " + BASE);
    }

    private static ModelConfig config(EncoderConfig encoder) {
        return new ModelConfig(
                "mine",
                encoder,
                new ModelConfig.Layout.LateMixing(2),
                ModelConfig.TextPooling.FIRST,
                ModelConfig.ClassPooling.FIRST,
                true,
                ModelConfig.ScorerKind.SIMPLE,
                true,
                ModelConfig.NO_TOKEN,
                ModelConfig.NO_TOKEN,
                false);
    }

    /** Writes heads of zeros, if any, and one tensor of the encoder in fp16. */
    private void write(ModelConfig config, boolean withHeads) throws IOException {
        Files.write(folder.resolve("config.json"), ConfigWriter.write(config, Optional.of(BASE)));
        SafetensorsWriter writer = new SafetensorsWriter(Map.of());
        writer.add(new TensorInfo(NORM, ElementType.F16, List.of(384L)), () -> zeros(2 * 384));
        if (withHeads) {
            Map<String, List<Long>> shapes = WeightShapes.of(config);
            shapes.keySet().removeAll(WeightShapes.ofEncoder(config).keySet());
            shapes.forEach((name, shape) -> {
                TensorInfo info = new TensorInfo(name, ElementType.F32, shape);
                writer.add(info, () -> zeros((int) info.elements() * Float.BYTES));
            });
        }
        writer.write(folder.resolve("model.safetensors"));
    }

    private static ByteBuffer zeros(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
