package dev.taxon.core.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** Configurations, tensors and a tokenizer for checkpoints of a few thousand parameters. */
public final class TinyCheckpoints {
    /** Ids of the markers in {@link #tokenizerJson}. */
    public static final int LABEL = 1000;

    public static final int SEPARATOR = 1001;

    private static final float SPREAD = 0.3f;

    private TinyCheckpoints() {}

    /** An encoder of three layers, for {@link #tokenizerJson}. */
    public static EncoderConfig encoder(int positions) {
        return new BertConfig(1003, 48, 3, 4, 96, positions, 2, 1e-12, 0);
    }

    public static ModelConfig joint(EncoderConfig encoder, int classToken, int textToken, boolean promptFirst) {
        return new ModelConfig(
                "tiny", encoder, jointLayout(encoder, promptFirst, new Layout.MarkerIds(classToken, textToken, -1)));
    }

    /** The plainest joint layout. */
    static Layout.Joint jointLayout(EncoderConfig encoder, boolean promptFirst, Layout.MarkerIds markers) {
        return new Layout.Joint(
                new Layout.TextFeature(TextPooling.FIRST, false, false),
                new Layout.LabelFeature(ClassPooling.FIRST, true),
                new Layout.Scorer(ScorerKind.SIMPLE, 4, 1024),
                false,
                Activation.GELU,
                encoder.hiddenSize(),
                encoder.layers(),
                false,
                promptFirst,
                markers);
    }

    public static ModelConfig lateMixing(EncoderConfig encoder, int mixingLayers) {
        return new ModelConfig("tiny", encoder, new Layout.LateMixing(mixingLayers));
    }

    /** A WordPiece tokenizer of 1,000 tokens and three markers. */
    public static byte[] tokenizerJson() {
        try {
            return Files.readAllBytes(
                    OracleFolders.path(OracleFolders.SIMPLE_FIRST).resolve("tokenizer.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Weights for the tensors of a configuration that are wanted, from a seed.
     *
     * @param fixed values for whole tensors, by name, in place of random ones
     */
    public static SafetensorsWriter weights(ModelConfig config, Predicate<String> wanted, Map<String, Float> fixed) {
        SafetensorsWriter writer = new SafetensorsWriter(Map.of());
        SplittableRandom random = new SplittableRandom(3);
        WeightShapes.of(config).forEach((name, shape) -> {
            if (wanted.test(name)) {
                TensorInfo info = new TensorInfo(name, ElementType.F32, shape);
                Float value = fixed.get(name);
                writer.add(info, () -> value == null ? random(info, random) : constant(info, value));
            }
        });
        return writer;
    }

    private static ByteBuffer random(TensorInfo info, SplittableRandom random) {
        ByteBuffer bytes = allocate(info);
        while (bytes.hasRemaining()) {
            bytes.putFloat((float) random.nextGaussian() * SPREAD);
        }
        return bytes.flip();
    }

    private static ByteBuffer constant(TensorInfo info, float value) {
        ByteBuffer bytes = allocate(info);
        while (bytes.hasRemaining()) {
            bytes.putFloat(value);
        }
        return bytes.flip();
    }

    private static ByteBuffer allocate(TensorInfo info) {
        return ByteBuffer.allocate(Math.toIntExact(info.elements()) * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
    }
}
