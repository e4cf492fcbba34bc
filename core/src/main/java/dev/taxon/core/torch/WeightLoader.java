package dev.taxon.core.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.taxon.core.checkpoint.Float32;
import dev.taxon.core.checkpoint.TensorInfo;
import dev.taxon.core.checkpoint.Weights;
import java.nio.FloatBuffer;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies a checkpoint's tensors to the device. */
public final class WeightLoader {
    private WeightLoader() {}

    /**
     * The named tensors in fp32, owned by the manager; in the order of the names. They pass through one buffer: what is
     * left to the collector outside of its heap it is in no hurry to free.
     */
    public static Map<String, NDArray> load(Weights weights, Collection<String> names, NDManager manager) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        names.stream()
                .map(weights::info)
                .max(Comparator.comparingLong(TensorInfo::elements))
                .ifPresent(largest -> {
                    FloatBuffer buffer = Float32.allocate(largest);
                    names.forEach(name -> tensors.put(name, copy(weights, name, buffer, manager)));
                });
        return tensors;
    }

    private static NDArray copy(Weights weights, String name, FloatBuffer buffer, NDManager manager) {
        long[] shape =
                weights.info(name).shape().stream().mapToLong(Long::longValue).toArray();
        return owned(manager.create(Float32.read(weights, name, buffer), new Shape(shape), DataType.FLOAT32));
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
