package dev.taxon.training.run;

import dev.taxon.core.checkpoint.BertConfig;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.ElementType;
import dev.taxon.core.checkpoint.Layout;
import dev.taxon.core.checkpoint.ModelConfig;
import dev.taxon.core.checkpoint.TensorInfo;
import dev.taxon.core.checkpoint.WeightShapes;
import dev.taxon.core.checkpoint.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** An encoder of two small layers with random weights, to be trained in seconds. */
final class TinyEncoder {
    static final int VOCABULARY = 1200;
    private static final String TOKENIZER = "/bge-small-en-v1.5-tokenizer.json";

    private TinyEncoder() {}

    static Checkpoint checkpoint() {
        ModelConfig config = new ModelConfig(
                "tiny", new BertConfig(VOCABULARY, 32, 2, 2, 64, 128, 2, 1e-12, 0), new Layout.LateMixing(1));
        return new Checkpoint(
                config, new RandomWeights(WeightShapes.ofEncoder(config)), TinyEncoder::tokenizer, Optional.empty());
    }

    private static byte[] tokenizer() {
        try (InputStream file = Objects.requireNonNull(TinyEncoder.class.getResourceAsStream(TOKENIZER))) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record RandomWeights(Map<String, List<Long>> shapes) implements Weights {

        @Override
        public Set<String> names() {
            return shapes.keySet();
        }

        @Override
        public TensorInfo info(String name) {
            return new TensorInfo(name, ElementType.F32, Objects.requireNonNull(shapes.get(name)));
        }

        @Override
        public ByteBuffer bytes(String name) {
            int elements = Math.toIntExact(info(name).elements());
            ByteBuffer bytes = ByteBuffer.allocate(elements * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            Random random = new Random(name.hashCode());
            float centre = name.endsWith("LayerNorm.weight") ? 1 : 0;
            for (int i = 0; i < elements; i++) {
                bytes.putFloat(centre + (float) random.nextGaussian() * 0.1f);
            }
            return bytes.flip();
        }

        @Override
        public void close() {}
    }
}
