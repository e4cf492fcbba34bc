package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code PUT /v1/adapters/{name}/canary}.
 *
 * @param version the version that is to answer a part of the calls; null ends that
 * @param percent that part, 1 to 99; none beside a null version
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CanaryRequest(
        @Nullable Integer version, @Nullable Integer percent) {}
