package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;

/**
 * The answer to {@code GET /v1/usage}. The last second may be missing.
 *
 * @param days days with any use, in order
 * @param limits what the tenant may use
 */
public record UsageReport(
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<UsageDay> days,
        @JsonProperty(required = true) QuotaLimits limits) {

    public UsageReport {
        days = List.copyOf(days);
    }
}
