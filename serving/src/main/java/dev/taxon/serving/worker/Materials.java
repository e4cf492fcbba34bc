package dev.taxon.serving.worker;

import dev.taxon.core.Mode;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.torch.Precision;
import dev.taxon.sdk.wire.Hyperparameters;
import dev.taxon.sdk.wire.JobRequest;
import dev.taxon.training.adapter.AdapterResult;
import dev.taxon.training.data.Example;
import dev.taxon.training.data.ExampleMode;
import dev.taxon.training.learning.LearnedBefore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an adapter is made of.
 *
 * @param rows the dataset version's
 * @param start the adapter to go on from
 * @param before rows that the adapter to go on from had learned
 * @param feedback what people said of answers, where that is learned from
 * @param facts what the adapter's lineage says beside its settings, and what attempts must share
 */
record Materials(
        JobRequest request,
        List<Example> rows,
        Precision precision,
        Optional<Adapter> start,
        LearnedBefore before,
        Optional<Path> feedback,
        Map<String, String> facts) {
    private static final long DEFAULT_SEED = 1;

    Hyperparameters hyperparameters() {
        Hyperparameters asked = request.hyperparameters();
        return asked == null ? Hyperparameters.DEFAULTS : asked;
    }

    long seed() {
        Long asked = request.seed();
        return asked == null ? DEFAULT_SEED : asked;
    }

    /** What came of them. */
    Successor successor(AdapterResult result) {
        return new Successor(result, rows, mode());
    }

    /** The mode that was asked for, or else what the rows say. Throws as {@link ExampleMode#of} does. */
    Mode mode() {
        return ExampleMode.of(rows, Optional.ofNullable(request.mode()).map(Modes::ofWire));
    }
}
