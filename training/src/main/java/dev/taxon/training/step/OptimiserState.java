package dev.taxon.training.step;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.taxon.core.checkpoint.Float32;
import dev.taxon.core.checkpoint.SafetensorsFile;
import dev.taxon.core.torch.WeightLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a run has to keep of weights that learn: they and both moments of AdamW, in the order of {@code adamw.tensors}. */
final class OptimiserState {
    private static final List<String> PARTS = List.of("weight/", "first/", "second/");

    private OptimiserState() {}

    static List<String> names(List<String> weights) {
        return PARTS.stream()
                .flatMap(part -> weights.stream().map(part::concat))
                .toList();
    }

    /** Reads what was written under these names, owned by the manager. */
    static List<NDArray> read(Path file, List<String> weights, NDManager manager) {
        try (SafetensorsFile stored = SafetensorsFile.open(file)) {
            List<NDArray> tensors = new ArrayList<>();
            for (String name : names(weights)) {
                long[] shape = stored.info(name).shape().stream()
                        .mapToLong(Long::longValue)
                        .toArray();
                tensors.add(WeightLoader.owned(
                        manager.create(Float32.read(stored, name), new Shape(shape), DataType.FLOAT32)));
            }
            return tensors;
        }
    }
}
