package dev.taxon.training.step;

import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.core.checkpoint.WeightShapes;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Real checkpoints of every backbone and layout: those of the oracles, and the built-in model for late mixing. */
final class SmallModels {
    static final String LATE_MIXING = "taxon-small";
    static final String SMALLEST = "bert-simple-first";
    private static final Path ORACLES = Path.of("../core/src/test/resources/oracle");

    private SmallModels() {}

    static Checkpoint open(String name) {
        return name.equals(LATE_MIXING)
                ? Checkpoints.open(Path.of("../models/taxon-small"))
                : Checkpoints.open(ORACLES.resolve(name));
    }

    /** An adapter of rank 4 of all linear layers. */
    static AdapterShape everyLayer(Checkpoint checkpoint) {
        Map<String, Integer> ranks = new LinkedHashMap<>();
        WeightShapes.linearLayers(checkpoint.config()).forEach((layer, shape) -> ranks.put(layer, 4));
        return new AdapterShape(ranks, 2);
    }
}
