package dev.taxon.training.step;

import ai.djl.ndarray.NDArray;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.CheckpointException;
import dev.taxon.core.checkpoint.ConfigWriter;
import dev.taxon.core.checkpoint.ElementType;
import dev.taxon.core.checkpoint.Float32;
import dev.taxon.core.checkpoint.SafetensorsWriter;
import dev.taxon.core.checkpoint.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Writes trained tensors: exact for going on, in half precision for classifying. */
final class CheckpointFiles {
    private CheckpointFiles() {}

    /** All tensors in fp32, in one file, whole or not at all. */
    static void write(Path file, List<String> names, List<NDArray> tensors) {
        SafetensorsWriter writer = new SafetensorsWriter(Map.of());
        for (int i = 0; i < names.size(); i++) {
            NDArray tensor = tensors.get(i);
            writer.add(info(names.get(i), ElementType.F32, tensor), () -> bytes(tensor));
        }
        writer.write(file);
    }

    /**
     * A folder that classifies. What the base encoder holds unchanged, word embeddings and tokenizer, is left out where
     * the configuration names the base.
     */
    static void export(Path folder, String name, Checkpoint origin, List<StoredTensor> tensors) {
        try {
            Files.createDirectories(folder);
            Files.write(
                    folder.resolve("config.json"),
                    ConfigWriter.write(origin.config().named(name), origin.base()));
            if (origin.base().isEmpty()) {
                Files.write(
                        folder.resolve("tokenizer.json"), origin.tokenizerJson().get());
            }
        } catch (IOException e) {
            throw new CheckpointException(
                    "%s cannot be written; is the disk full, or the folder read-only?".formatted(folder), e);
        }
        weights(origin, tensors).write(folder.resolve("model.safetensors"));
    }

    private static SafetensorsWriter weights(Checkpoint origin, List<StoredTensor> tensors) {
        SafetensorsWriter writer = new SafetensorsWriter(Map.of("format", "pt"));
        if (origin.base().isEmpty()) {
            TensorInfo words = origin.weights().info(LearnedWeights.WORDS);
            writer.add(words, () -> origin.weights().bytes(LearnedWeights.WORDS));
        }
        for (StoredTensor tensor : tensors) {
            writer.add(
                    new TensorInfo(tensor.name(), ElementType.F16, tensor.shape()),
                    () -> Float32.toHalf(tensor.values().get()));
        }
        return writer;
    }

    private static TensorInfo info(String name, ElementType type, NDArray tensor) {
        List<Long> shape = Arrays.stream(tensor.getShape().getShape()).boxed().toList();
        return new TensorInfo(name, type, shape);
    }

    private static ByteBuffer bytes(NDArray tensor) {
        return tensor.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }
}
