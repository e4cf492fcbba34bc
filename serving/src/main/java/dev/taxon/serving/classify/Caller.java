package dev.taxon.serving.classify;

import dev.taxon.serving.batching.Share;

/**
 * Who asks.
 *
 * @param share the tenant, and its part of a busy device
 * @param routingKey which side of a canary the call falls on
 */
record Caller(Share share, String routingKey) {}
