package dev.taxon.training.step;

import dev.taxon.core.checkpoint.ModelConfig;
import dev.taxon.core.checkpoint.WeightShapes;
import java.util.List;
import java.util.Set;

/** A kind of linear layers that an adapter may change. */
public enum AdapterTarget {
    /** Query, key, value and output of the encoder's attention, and of its relative positions. */
    ATTENTION,
    /** What stands between the attentions. */
    FEED_FORWARD,
    /** What makes features of the encoder's states. */
    PROJECTORS,
    /** What holds labels against texts. */
    SCORER;

    /** The kind of a layer, by its name in the checkpoint. */
    static AdapterTarget of(String layer) {
        if (layer.startsWith("model.encoder_model.")) {
            return layer.contains(".attention.") || layer.contains(".attn.") ? ATTENTION : FEED_FORWARD;
        }
        return layer.contains("_projector.") ? PROJECTORS : SCORER;
    }

    /** A model's layers of these kinds, in the model's order. */
    public static List<String> layers(ModelConfig config, Set<AdapterTarget> targets) {
        return WeightShapes.linearLayers(config).keySet().stream()
                .filter(layer -> targets.contains(of(layer)))
                .toList();
    }
}
