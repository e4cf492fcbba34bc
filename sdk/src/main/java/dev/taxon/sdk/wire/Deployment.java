package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which versions of an adapter answer.
 *
 * @param adapter the adapter's name
 * @param active the version that answers where calls name the adapter alone; absent before the first promotion
 * @param previous what rolling back goes back to
 * @param canary the version that answers a part of these calls
 * @param canaryPercent that part
 * @param shadow the version that classifies the same texts unseen
 * @param generation counts the changes under this name; what {@code ETag} and {@code If-Match} carry, in quotes
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Deployment(
        String adapter,
        @Nullable Integer active,
        @Nullable Integer previous,
        @Nullable Integer canary,
        @Nullable Integer canaryPercent,
        @Nullable Integer shadow,
        long generation,
        @Nullable Instant updatedAt) {}
