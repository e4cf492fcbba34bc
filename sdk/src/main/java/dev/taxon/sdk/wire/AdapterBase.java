package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * The model that an adapter changes.
 *
 * @param name the model's name
 * @param digest SHA-256 of its content, as the adapter says; absent where it does not say
 * @param verified whether it does: otherwise only its shapes are known to fit
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AdapterBase(String name, @Nullable String digest, boolean verified) {}
