package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Which feedback to take.
 *
 * @param adapter the adapter, of any version, whose answers it is about; all feedback when absent
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FeedbackSelection(@Nullable String adapter) {}
