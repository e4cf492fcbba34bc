package dev.taxon.core.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.taxon.core.checkpoint.Float32;
import dev.taxon.core.checkpoint.Weights;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies a checkpoint's tensors to the device. */
public final class WeightLoader {
    private WeightLoader() {}

    /** The named tensors in fp32, owned by the manager; in the order of the names. */
    public static Map<String, NDArray> load(Weights weights, Collection<String> names, NDManager manager) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        for (String name : names) {
            long[] shape = weights.info(name).shape().stream()
                    .mapToLong(Long::longValue)
                    .toArray();
            tensors.put(name, owned(manager.create(Float32.read(weights, name), new Shape(shape), DataType.FLOAT32)));
        }
        return tensors;
    }

    /**
     * A copy in libtorch's own memory. An array made of a Java buffer shares the buffer's memory, which is freed with the
     * buffer, while a program may keep the tensor.
     */
    public static NDArray owned(NDArray shared) {
        try (shared) {
            return shared.duplicate();
        }
    }
}
