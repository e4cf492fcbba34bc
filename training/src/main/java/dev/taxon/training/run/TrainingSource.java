package dev.taxon.training.run;

import dev.taxon.training.data.LabelledSet;
import dev.taxon.training.sampling.RowTokens;
import java.util.List;
import java.util.Map;

/**
 * What a run learns from.
 *
 * @param data sets of distinct names
 * @param model facts on the model and tokens that a resumed run must share, such as {@link
 *     dev.taxon.core.checkpoint.CheckpointDigest}, by name
 */
public record TrainingSource(List<LabelledSet> data, RowTokens tokens, Map<String, String> model) {
    public TrainingSource {
        data = List.copyOf(data);
        model = Map.copyOf(model);
    }

    /** Rows of all sets. */
    long rows() {
        return data.stream().mapToLong(LabelledSet::size).sum();
    }
}
