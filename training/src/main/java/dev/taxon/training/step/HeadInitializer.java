package dev.taxon.training.step;

import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Float32;
import dev.taxon.core.prompt.Tokenizer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Heads for an encoder that has none, so that training starts where the embedding model is: every correction's last
 * product is zero, the mark is [CLS], and the scale and bias turn its cosines into useful logits.
 */
final class HeadInitializer {
    /** Cosines of bge-small lie around 0.65, some hundredths apart; these put most labels well below 0.5. */
    private static final float LOGIT_SCALE = 20;

    private static final float LOGIT_BIAS = -13;
    private static final double STANDARD_DEVIATION = 0.02;

    private final Checkpoint checkpoint;
    private final long seed;

    HeadInitializer(Checkpoint checkpoint, long seed) {
        this.checkpoint = checkpoint;
        this.seed = seed;
    }

    FloatBuffer initialize(String name, List<Long> shape) {
        int size = Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
        return switch (name) {
            case "model.logit_scale" -> filled(size, LOGIT_SCALE);
            case "model.logit_bias" -> filled(size, LOGIT_BIAS);
            case "model.mark_embedding" -> classEmbedding(size);
            default -> isFirstProduct(name) ? random(name, size) : filled(size, 0);
        };
    }

    /** True for what corrects the encoder's cosines: projectors and scorer, not the mark, the scale and the bias. */
    static boolean isCorrection(String name) {
        return name.contains("_projector.") || name.startsWith("model.scorer.");
    }

    private static boolean isFirstProduct(String name) {
        return name.endsWith("linear_1.weight") || name.endsWith("mlp.0.weight");
    }

    private static FloatBuffer filled(int size, float value) {
        FloatBuffer buffer = FloatBuffer.allocate(size);
        while (buffer.hasRemaining()) {
            buffer.put(value);
        }
        return buffer.flip();
    }

    private FloatBuffer classEmbedding(int size) {
        FloatBuffer words = Float32.read(checkpoint.weights(), LearnedWeights.WORDS);
        try (Tokenizer tokenizer = Tokenizer.of(checkpoint.tokenizerJson().get())) {
            return words.slice(tokenizer.special("[CLS]") * size, size);
        }
    }

    /** Each tensor draws from the seed and its name alone, so that the order of tensors does not matter. */
    private FloatBuffer random(String name, int size) {
        SplittableRandom random = new SplittableRandom(seed ^ name.hashCode());
        FloatBuffer buffer = FloatBuffer.allocate(size);
        while (buffer.hasRemaining()) {
            buffer.put((float) (random.nextGaussian() * STANDARD_DEVIATION));
        }
        return buffer.flip();
    }
}
