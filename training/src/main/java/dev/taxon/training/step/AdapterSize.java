package dev.taxon.training.step;

import dev.taxon.core.checkpoint.ModelConfig;
import dev.taxon.training.Setting;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How large an adapter is.
 *
 * @param alpha updates are scaled by alpha over rank
 * @param targets the layers that it changes
 */
public record AdapterSize(int rank, double alpha, Set<AdapterTarget> targets) {
    private static final int MOST = 4096;

    public AdapterSize {
        targets = Set.copyOf(targets);
        Setting.require(rank >= 1 && rank <= MOST, "rank", "the rank lies between 1 and " + MOST + ".");
        // More is refused where adapters are read, too.
        Setting.require(alpha > 0 && alpha <= 1e6, "alpha", "alpha lies above 0 and up to 1000000.");
        Setting.require(!targets.isEmpty(), "targets", "an adapter changes at least one kind of layers.");
    }

    /** Rank 16, scaled by 2, in all layers. */
    public static AdapterSize defaults() {
        return new AdapterSize(16, 32, EnumSet.allOf(AdapterTarget.class));
    }

    /** The same but for what is given; alpha grows with the rank, unless it is given, too. */
    public AdapterSize with(
            @Nullable Integer otherRank, @Nullable Double otherAlpha, @Nullable Set<AdapterTarget> otherTargets) {
        int chosen = Setting.or(otherRank, rank);
        return new AdapterSize(
                chosen, Setting.or(otherAlpha, chosen * alpha / rank), Setting.or(otherTargets, targets));
    }

    /** The layers of a model that an adapter of this size changes. */
    public AdapterShape shape(ModelConfig config) {
        Map<String, Integer> ranks = new LinkedHashMap<>();
        AdapterTarget.layers(config, targets).forEach(layer -> ranks.put(layer, rank));
        return new AdapterShape(ranks, alpha / rank);
    }

    /** The same whatever order the targets are in. */
    @Override
    public String toString() {
        return "AdapterSize[rank %d, alpha %s, %s]".formatted(rank, alpha, new TreeSet<>(targets));
    }
}
