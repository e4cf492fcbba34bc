package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A base model that the server knows.
 *
 * @param name as answers name it
 * @param digest SHA-256 of its content, which adapters name as their base
 * @param state absent where a newer server has a state that this client does not know
 * @param precision what it computes in, {@code fp32} or {@code bf16}
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Model(
        @JsonProperty(required = true) @JsonSetter(nulls = Nulls.FAIL)
        String name,

        @Nullable String digest,
        @Nullable ModelState state,
        @Nullable String precision) {

    public Model {
        Objects.requireNonNull(name, "name");
    }
}
