package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a tenant may use its keys. */
public enum TenantState {
    @JsonProperty("active")
    ACTIVE,

    /** Its keys are refused with 403; nothing of it is lost. */
    @JsonProperty("suspended")
    SUSPENDED
}
