package dev.taxon.training.sampling;

import dev.taxon.training.Fixtures;
import dev.taxon.training.data.LabelledSet;
import dev.taxon.training.sampling.SamplingSettings.BatchShape;
import dev.taxon.training.sampling.SamplingSettings.LabelChoice;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Samplers over a large and a small set. */
final class Samplers {
    static final BatchShape SHAPE = new BatchShape(2, 256, 12, 120);
    static final LabelledSet LARGE = Fixtures.set("large", 400, 20);
    static final LabelledSet SMALL = Fixtures.set("small", 25, 3);

    private Samplers() {}

    static BatchSampler sampler(LabelledSet... sets) {
        return new BatchSampler(settings(1, Map.of(), Set.of()), List.of(sets), Fixtures.tokens());
    }

    static SamplingSettings settings(long seed, Map<String, Double> weights, Set<String> excluded) {
        return new SamplingSettings(seed, 0.5, weights, excluded, SHAPE, new LabelChoice(8, 10, 0.25, List.of(), 0));
    }
}
