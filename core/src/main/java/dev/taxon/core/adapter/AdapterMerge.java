package dev.taxon.core.adapter;

import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.CheckpointException;
import dev.taxon.core.checkpoint.ConfigWriter;
import dev.taxon.core.checkpoint.ElementType;
import dev.taxon.core.checkpoint.Float32;
import dev.taxon.core.checkpoint.SafetensorsWriter;
import dev.taxon.core.checkpoint.TensorInfo;
import dev.taxon.core.checkpoint.WeightShapes;
import dev.taxon.core.checkpoint.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Makes one model of a base and an adapter: W + up down in the place of W, in single precision. */
public final class AdapterMerge {
    private static final String WORDS = "model.encoder_model.embeddings.word_embeddings.weight";

    private AdapterMerge() {}

    /**
     * Writes a checkpoint folder that scores as the base does under the adapter. Temperature, thresholds and labels are no
     * part of a checkpoint: they stay with the adapter. What the base encoder holds unchanged is left out where the base
     * names one.
     *
     * @param name what the model calls itself in answers
     * @param folder made where it is not there
     * @throws CheckpointException when a layer is shifted that has no bias, or the folder cannot be written
     */
    public static void write(Checkpoint base, Adapter adapter, String name, Path folder) {
        requireBiases(base, adapter);
        SafetensorsWriter weights = new SafetensorsWriter(Map.of("format", "pt"));
        for (String tensor : WeightShapes.of(base.config()).keySet()) {
            if (base.base().isEmpty() || !tensor.equals(WORDS)) {
                add(weights, tensor, base.weights(), adapter);
            }
        }
        try {
            Files.createDirectories(folder);
            weights.write(folder.resolve("model.safetensors"));
            if (base.base().isEmpty()) {
                Files.write(
                        folder.resolve("tokenizer.json"), base.tokenizerJson().get());
            }
            // Last, since a folder without it is no checkpoint.
            Files.write(
                    folder.resolve("config.json"),
                    ConfigWriter.write(base.config().named(name), base.base()));
        } catch (IOException e) {
            throw new CheckpointException(
                    "%s cannot be written; is the disk full, or the folder read-only?".formatted(folder), e);
        }
    }

    private static void requireBiases(Checkpoint base, Adapter adapter) {
        adapter.updates().forEach((layer, update) -> {
            if (update.shift() != null && !base.weights().names().contains(layer + ".bias")) {
                throw new CheckpointException(
                        "The adapter shifts layer '%s', which has no bias in this model; serve it unmerged."
                                .formatted(layer));
            }
        });
    }

    private static void add(SafetensorsWriter writer, String tensor, Weights base, Adapter adapter) {
        TensorInfo info = base.info(tensor);
        LowRankUpdate weight = adapter.updates().get(without(tensor, ".weight"));
        LowRankUpdate ofBias = adapter.updates().get(without(tensor, ".bias"));
        FloatBuffer shift = ofBias == null ? null : ofBias.shift();
        if (weight != null) {
            TensorInfo single = new TensorInfo(tensor, ElementType.F32, info.shape());
            writer.add(single, () -> bytes(sum(Float32.read(base, tensor), weight)));
        } else if (shift != null) {
            TensorInfo single = new TensorInfo(tensor, ElementType.F32, info.shape());
            writer.add(single, () -> bytes(sum(Float32.read(base, tensor), shift)));
        } else {
            writer.add(info, () -> base.bytes(tensor));
        }
    }

    private static String without(String tensor, String ending) {
        return tensor.endsWith(ending) ? tensor.substring(0, tensor.length() - ending.length()) : "";
    }

    /** [out, in] with what the update makes of it. */
    private static FloatBuffer sum(FloatBuffer weight, LowRankUpdate update) {
        FloatBuffer sum = FloatBuffer.allocate(weight.remaining());
        for (int row = 0; row < update.out(); row++) {
            for (int column = 0; column < update.in(); column++) {
                double value = weight.get(weight.position() + row * update.in() + column);
                for (int rank = 0; rank < update.rank(); rank++) {
                    value += (double) update.up().get(row * update.rank() + rank)
                            * update.down().get(rank * update.in() + column);
                }
                sum.put((float) value);
            }
        }
        return sum.flip();
    }

    private static FloatBuffer sum(FloatBuffer bias, FloatBuffer shift) {
        FloatBuffer sum = FloatBuffer.allocate(bias.remaining());
        for (int i = 0; i < sum.capacity(); i++) {
            sum.put(bias.get(bias.position() + i) + shift.get(i));
        }
        return sum.flip();
    }

    private static ByteBuffer bytes(FloatBuffer values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.remaining() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes;
    }
}
