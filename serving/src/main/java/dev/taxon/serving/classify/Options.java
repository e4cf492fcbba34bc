package dev.taxon.serving.classify;

import dev.taxon.core.CandidateLabels;
import dev.taxon.core.Mode;
import dev.taxon.core.OnLong;
import org.jspecify.annotations.Nullable;

/**
 * How a text is to be classified, validated.
 *
 * @param place where these options stand in the request
 * @param labels the labels with their own thresholds
 * @param topK how many scores to answer with; null for all
 */
record Options(
        Place place,
        CandidateLabels labels,
        Mode mode,
        @Nullable Double threshold,
        @Nullable Integer topK,
        OnLong onLong,
        @Nullable Integer maxLength) {}
