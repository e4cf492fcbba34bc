package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a tenant is told of what happened. Its text leaves the secret out.
 *
 * @param url where events are posted to
 * @param createdAt when it was made
 * @param secret what signatures are made with; only ever in the answer that made it
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Webhook(
        @JsonProperty(required = true) @JsonSetter(nulls = Nulls.FAIL)
        String id,

        @JsonProperty(required = true) @JsonSetter(nulls = Nulls.FAIL)
        String url,

        @Nullable Instant createdAt,
        @Nullable String secret) {

    public Webhook {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(url, "url");
    }

    @Override
    public String toString() {
        return "Webhook[id=" + id + ", url=" + url + "]";
    }
}
