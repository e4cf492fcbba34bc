package dev.taxon.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        write(config(new BertConfig(30_522, 384, 6, 12, 1_536, 512, 2, 1e-12, 0)), true);

        assertThatThrownBy(() -> Checkpoints.open(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("does not describe the base " + BASE);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 13})
    void aBaseMixesFromOneToAllOfItsLayers(int mixingLayers) {
        assertThatThrownBy(() -> Checkpoints.ofBase(BASE, mixingLayers))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mixingLayers is " + mixingLayers);
    }

    @Test
    void aBaseMayMixInAllOfItsLayers() {
        try (Checkpoint checkpoint = Checkpoints.ofBase(BASE, 12)) {
            assertThat(checkpoint.config().layout()).isEqualTo(new Layout.LateMixing(12));
        }
    }

    private static ModelConfig config(EncoderConfig encoder) {
        return TinyCheckpoints.lateMixing(encoder, 2);
    }

    /** Writes heads, if any, and one tensor of the encoder, zeros in fp16. */
    private void write(ModelConfig config, boolean withHeads) throws IOException {
        Files.write(folder.resolve("config.json"), ConfigWriter.write(config, Optional.of(BASE)));
        Set<String> encoder = WeightShapes.ofEncoder(config).keySet();
        SafetensorsWriter writer =
                TinyCheckpoints.weights(config, name -> withHeads && !encoder.contains(name), Map.of());
        writer.add(new TensorInfo(NORM, ElementType.F16, List.of(384L)), () -> ByteBuffer.allocate(2 * 384));
        writer.write(folder.resolve("model.safetensors"));
    }
}
