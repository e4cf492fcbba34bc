package dev.taxon.core.adapter;

import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.core.checkpoint.ElementType;
import dev.taxon.core.checkpoint.OracleFolders;
import dev.taxon.core.checkpoint.SafetensorsWriter;
import dev.taxon.core.checkpoint.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Adapter folders as strangers may write them, full of zeros, and a reader of those of one small model. */
final class TestAdapters {
    static final String BASE = "base";

    /** A layer of that model, which is as wide as it is high. */
    static final String LAYER = "base_model.model.model.text_projector.linear_1.";

    static final int SIZE = 48;

    private TestAdapters() {}

    static AdapterFolder reader() {
        try (Checkpoint checkpoint = Checkpoints.open(OracleFolders.path(OracleFolders.SIMPLE_FIRST))) {
            return new AdapterFolder(checkpoint.config(), HeadWeights.of(checkpoint), BASE);
        }
    }

    /** Tensors that fit it. */
    static Map<String, List<Long>> lowRank() {
        return Map.of(LAYER + "lora_A.weight", List.of(2L, 48L), LAYER + "lora_B.weight", List.of(48L, 2L));
    }

    static void settings(Path folder, String json) throws IOException {
        Files.writeString(folder.resolve(AdapterFolder.SETTINGS), json);
    }

    static void write(Path folder, String config, Map<String, List<Long>> tensors) throws IOException {
        Files.writeString(folder.resolve(AdapterFolder.CONFIG), config);
        SafetensorsWriter writer = new SafetensorsWriter(Map.of());
        tensors.forEach((name, shape) -> writer.add(new TensorInfo(name, ElementType.F32, shape), () -> {
            int count = (int) shape.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
            return ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        }));
        writer.write(folder.resolve(AdapterFolder.WEIGHTS));
    }
}
