package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.Objects;

/** The body of {@code PATCH /v1/admin/tenants/{name}}. */
public record TenantChange(
        @JsonProperty(required = true) @JsonSetter(nulls = Nulls.FAIL)
        TenantState state) {

    public TenantChange {
        Objects.requireNonNull(state, "state");
    }
}
