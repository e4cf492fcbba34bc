package dev.taxon.core;

import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.core.checkpoint.ConfigWriter;
import dev.taxon.core.checkpoint.ElementType;
import dev.taxon.core.checkpoint.EncoderConfig;
import dev.taxon.core.checkpoint.ModelConfig;
import dev.taxon.core.checkpoint.OracleFolders;
import dev.taxon.core.checkpoint.SafetensorsWriter;
import dev.taxon.core.checkpoint.TensorInfo;
import dev.taxon.core.checkpoint.WeightShapes;
import dev.taxon.core.torch.Precision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Small models with random weights, made on the spot, beside those that the reference made. */
final class TinyModels {
    private static final EncoderConfig ENCODER = new EncoderConfig(1003, 48, 3, 4, 96, 512, 2, 1e-12, 0);

    private TinyModels() {}

    static Classifier oracle(String folder) {
        try (Checkpoint checkpoint = Checkpoints.open(OracleFolders.path(folder))) {
            return Classifiers.open(checkpoint, EngineOptions.defaults().withPrecision(Precision.FP32));
        }
    }

    /**
     * A late-mixing model of three layers, the last two of which mix.
     *
     * @param fixed values for whole tensors, by name, in place of random ones
     */
    static Classifier lateMixing(Path folder, Map<String, Float> fixed) {
        write(folder, fixed);
        try (Checkpoint checkpoint = Checkpoints.open(folder)) {
            return Classifiers.open(checkpoint, EngineOptions.defaults().withPrecision(Precision.FP32));
        }
    }

    private static void write(Path folder, Map<String, Float> fixed) {
        ModelConfig config = new ModelConfig(
                "tiny",
                ENCODER,
                new ModelConfig.Layout.LateMixing(2),
                ModelConfig.TextPooling.FIRST,
                ModelConfig.ClassPooling.FIRST,
                true,
                ModelConfig.ScorerKind.SIMPLE,
                true,
                ModelConfig.NO_TOKEN,
                ModelConfig.NO_TOKEN,
                false);
        try {
            Files.write(folder.resolve("config.json"), ConfigWriter.write(config, Optional.empty()));
            Path tokenizer = OracleFolders.path(OracleFolders.SIMPLE_FIRST).resolve("tokenizer.json");
            Files.copy(tokenizer, folder.resolve("tokenizer.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SafetensorsWriter writer = new SafetensorsWriter(Map.of());
        SplittableRandom random = new SplittableRandom(3);
        WeightShapes.of(config)
                .forEach((name, shape) -> writer.add(
                        new TensorInfo(name, ElementType.F32, shape),
                        () -> values(elements(shape), random, Optional.ofNullable(fixed.get(name)))));
        writer.write(folder.resolve("model.safetensors"));
    }

    private static int elements(List<Long> shape) {
        return Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
    }

    private static ByteBuffer values(int elements, SplittableRandom random, Optional<Float> fixed) {
        ByteBuffer bytes = ByteBuffer.allocate(elements * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            bytes.putFloat(fixed.orElse((float) random.nextGaussian() * 0.3f));
        }
        return bytes.flip();
    }
}
