package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A name under which versions of an adapter stand.
 *
 * @param name unique to its tenant
 * @param latest the highest number of its versions; absent while it has none
 * @param deployment which of them answer
 * @param createdAt when it was made
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Adapter(
        String name,
        @Nullable Integer latest,
        @Nullable Deployment deployment,
        @Nullable Instant createdAt) {}
