package dev.taxon.sdk.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a job will be done, at its recent pace.
 *
 * @param secondsLeft as it was when this was worked out
 * @param endsAt the moment that comes to
 */
@JsonNaming(SnakeCaseStrategy.class)
public record JobEstimate(double secondsLeft, @Nullable Instant endsAt) {}
