package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tenant, as operators see it.
 *
 * @param name unique on the server
 * @param state absent where a newer server has a state that this client does not know
 * @param createdAt when it was made
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Tenant(
        @JsonProperty(required = true) @JsonSetter(nulls = Nulls.FAIL)
        String name,

        @Nullable TenantState state,
        @Nullable Instant createdAt) {

    public Tenant {
        Objects.requireNonNull(name, "name");
    }
}
