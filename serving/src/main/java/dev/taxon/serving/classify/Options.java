package dev.taxon.serving.classify;

import dev.taxon.core.CandidateLabels;
import dev.taxon.core.Mode;
import dev.taxon.core.OnLong;
import dev.taxon.core.TaskContext;
import dev.taxon.sdk.wire.LabelSet;
import dev.taxon.serving.deployment.AdmittedAdapter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a text is to be classified, validated.
 *
 * @param place where these options stand in the request
 * @param labels the labels with their own thresholds
 * @param labelsOfAdapter whether they are the adapter's own, as the request brings none
 * @param tree the labels in their shape, where scores are asked for in it
 * @param adapter the version that the input gets
 * @param topK how many scores to answer with; null for all
 */
record Options(
        Place place,
        CandidateLabels labels,
        boolean labelsOfAdapter,
        Optional<LabelSet> tree,
        TaskContext context,
        Mode mode,
        @Nullable Double threshold,
        @Nullable Integer topK,
        OnLong onLong,
        @Nullable Integer maxLength,
        Optional<AdmittedAdapter> adapter) {}
