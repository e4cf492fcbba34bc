package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.Objects;

/**
 * The body of {@code POST /v1/webhooks}.
 *
 * @param url an https address on the public internet; unless the operator allows more
 */
public record NewWebhook(
        @JsonProperty(required = true) @JsonSetter(nulls = Nulls.FAIL)
        String url) {

    public NewWebhook {
        Objects.requireNonNull(url, "url");
    }
}
