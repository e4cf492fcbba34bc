package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/admin/keys}.
 *
 * @param tenant whose key it will be
 * @param scopes what it may be used for; all when absent
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NewKey(
        @JsonProperty(required = true) @JsonSetter(nulls = Nulls.FAIL)
        String tenant,

        @Nullable List<String> scopes) {

    public NewKey {
        Objects.requireNonNull(tenant, "tenant");
        scopes = scopes == null ? null : List.copyOf(scopes);
    }
}
