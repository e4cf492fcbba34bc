package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's key. Its text leaves the secret out.
 *
 * @param id what it is revoked by
 * @param tenant whose it is
 * @param scopes what it may be used for
 * @param createdAt when it was made
 * @param revokedAt when it was revoked; absent while it is in use
 * @param token the key in full, {@code tx_<id>_<secret>}; only ever in the answer that made it
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Key(
        @JsonProperty(required = true) @JsonSetter(nulls = Nulls.FAIL)
        String id,

        @JsonProperty(required = true) @JsonSetter(nulls = Nulls.FAIL)
        String tenant,

        @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> scopes,
        @Nullable Instant createdAt,
        @Nullable Instant revokedAt,
        @Nullable String token) {

    public Key {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(tenant, "tenant");
        scopes = List.copyOf(scopes);
    }

    @Override
    public String toString() {
        return "Key[id=" + id + ", tenant=" + tenant + ", scopes=" + scopes + "]";
    }
}
