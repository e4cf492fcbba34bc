package dev.taxon.serving.classify;

import dev.taxon.core.Mode;
import dev.taxon.core.OnLong;
import dev.taxon.sdk.wire.Label;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a text is to be classified, validated.
 *
 * @param place where these options stand in the request
 * @param thresholds thresholds of single labels, by name; they go before {@code threshold}
 * @param topK how many scores to answer with; null for all
 */
record Options(
        Place place,
        List<String> labels,
        Map<String, Double> thresholds,
        Mode mode,
        @Nullable Double threshold,
        @Nullable Integer topK,
        OnLong onLong,
        @Nullable Integer maxLength) {

    Options {
        labels = List.copyOf(labels);
        thresholds = Map.copyOf(thresholds);
    }

    static Map<String, Double> thresholds(List<Label> labels) {
        return labels.stream()
                .filter(label -> label.threshold() != null)
                .collect(Collectors.toMap(Label::name, Options::threshold));
    }

    private static double threshold(Label label) {
        return Objects.requireNonNull(label.threshold());
    }
}
