package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant chose to have kept of its traffic; nothing unless it says so. Put as a whole: what is left out of a request
 * becomes its default.
 *
 * @param captureTexts whether classified texts are kept with their answers; false when absent
 * @param feedback whether answers are kept for people to judge, and their judgements; false when absent
 * @param retentionDays days after which kept texts, answers and judgements are deleted, 1 to 3,650; 30 when absent
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Settings(
        @Nullable Boolean captureTexts,
        @Nullable Boolean feedback,
        @Nullable Integer retentionDays) {}
