package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a request counts for.
 *
 * @param texts the texts classified
 * @param tokens the tokens read, of texts, labels, prompts and examples together
 */
public record Usage(
        @JsonProperty(required = true) int texts,
        @JsonProperty(required = true) long tokens) {}
