package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody did. It names things and quotes no texts.
 *
 * @param id grows with time
 * @param tenant the name of whom it was done to
 * @param actor who did it: {@code key:<id>}, {@code operator:<id>} or {@code worker}
 * @param action what was done, {@code adapter.promote}
 * @param subject what it was done to, {@code support@3}
 * @param requestId the call that asked for it
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditEntry(
        @JsonProperty(required = true) long id,
        @Nullable Instant at,
        @Nullable String tenant,
        @Nullable String actor,
        @Nullable String action,
        @Nullable String subject,
        @Nullable String requestId) {}
