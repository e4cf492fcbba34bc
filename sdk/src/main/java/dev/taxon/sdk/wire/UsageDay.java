package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a tenant used on one day.
 *
 * @param day the day in UTC, {@code 2026-11-25}
 * @param requests calls that were answered
 * @param texts texts that were classified
 * @param tokens tokens that were read
 */
public record UsageDay(
        @JsonProperty(required = true) String day,
        @JsonProperty(required = true) long requests,
        @JsonProperty(required = true) long texts,
        @JsonProperty(required = true) long tokens) {}
