package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/admin/tenants}.
 *
 * @param name 1 to 63 letters, digits, dots, hyphens and underscores, the first a letter or digit
 * @param scopes what its first key may be used for, {@code classify}, {@code feedback}, {@code train}, {@code manage};
 *     all when absent
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NewTenant(
        @JsonProperty(required = true) @JsonSetter(nulls = Nulls.FAIL)
        String name,

        @Nullable List<String> scopes) {

    public NewTenant {
        Objects.requireNonNull(name, "name");
        scopes = scopes == null ? null : List.copyOf(scopes);
    }
}
