package dev.taxon.core.checkpoint;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects names and shapes of tensors in a fixed order, and which of them are weights of linear layers. */
final class ShapeList {
    private final Map<String, List<Long>> shapes = new LinkedHashMap<>();
    private final Map<String, List<Long>> linears = new LinkedHashMap<>();

    void add(String name, long... shape) {
        shapes.put(name, Arrays.stream(shape).boxed().toList());
    }

    /** A linear layer with a bias: weight [out, in] and bias [out]. */
    void linear(String name, long out, long in) {
        linearWithoutBias(name, out, in);
        add(name + ".bias", out);
    }

    void linearWithoutBias(String name, long out, long in) {
        add(name + ".weight", out, in);
        linears.put(name, List.of(out, in));
    }

    void norm(String name, long size) {
        normWithoutBias(name, size);
        add(name + ".bias", size);
    }

    void normWithoutBias(String name, long size) {
        add(name + ".weight", size);
    }

    Map<String, List<Long>> shapes() {
        return shapes;
    }

    /** Shapes [out, in] of the linear layers by name, in the order in which they were added. */
    Map<String, List<Long>> linears() {
        return linears;
    }
}
