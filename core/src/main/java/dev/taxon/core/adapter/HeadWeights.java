package dev.taxon.core.adapter;

import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Float32;
import dev.taxon.core.checkpoint.ModelConfig;
import dev.taxon.core.checkpoint.WeightShapes;
import dev.taxon.core.checkpoint.Weights;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The linear layers that stand on a model's encoder, which an adapter may replace as a whole. A copy of its own in memory,
 * a few megabytes. Immutable and thread-safe.
 */
public final class HeadWeights {
    private final Map<String, FloatBuffer> tensors;

    private HeadWeights(Map<String, FloatBuffer> tensors) {
        this.tensors = tensors;
    }

    /** Those of a checkpoint, which may be closed afterwards. */
    public static HeadWeights of(Checkpoint checkpoint) {
        ModelConfig config = checkpoint.config();
        List<String> layers = List.copyOf(WeightShapes.linearLayers(config).keySet());
        Map<String, FloatBuffer> tensors = new LinkedHashMap<>();
        for (String layer : layers.subList(WeightShapes.encoderLinearLayers(config), layers.size())) {
            add(layer + ".weight", checkpoint.weights(), tensors);
            add(layer + ".bias", checkpoint.weights(), tensors);
        }
        return new HeadWeights(tensors);
    }

    private static void add(String name, Weights weights, Map<String, FloatBuffer> tensors) {
        if (weights.names().contains(name)) {
            tensors.put(name, Float32.read(weights, name));
        }
    }

    /** The weight of a layer, [out, in]; null where the layer is not of the heads. */
    @Nullable
    FloatBuffer weight(String layer) {
        return tensors.get(layer + ".weight");
    }

    /** The bias of a layer, [out]; null where it has none. */
    @Nullable
    FloatBuffer bias(String layer) {
        return tensors.get(layer + ".bias");
    }
}
