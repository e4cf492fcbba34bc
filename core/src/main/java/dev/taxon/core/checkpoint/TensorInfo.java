package dev.taxon.core.checkpoint;

import java.util.List;

/** Name, element type and shape of a stored tensor. */
public record TensorInfo(String name, ElementType type, List<Long> shape) {
    public TensorInfo {
        shape = List.copyOf(shape);
    }

    /** Number of elements; validated on reading to fit what the file holds. */
    public long elements() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }
}
