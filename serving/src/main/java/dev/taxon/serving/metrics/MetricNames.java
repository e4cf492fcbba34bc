package dev.taxon.serving.metrics;

import io.micrometer.core.instrument.Tags;

/** Every metric of Taxon's own, by name. */
final class MetricNames {
    /** Rows scored. */
    static final String ROWS = "taxon.rows";

    /** Tokens read. */
    static final String TOKENS = "taxon.tokens";

    /** Rows of a batch. */
    static final String BATCH_ROWS = "taxon.batch.rows";

    /** How long a batch kept the device busy. */
    static final String FORWARD = "taxon.batch.forward";

    /** Batches whose forward pass failed. */
    static final String FAILURES = "taxon.batch.failures";

    /** How long a row waited for the device. */
    static final String QUEUE_WAIT = "taxon.queue.wait";

    /** Rows waiting now. */
    static final String QUEUE_ROWS = "taxon.queue.rows";

    /** Look-ups in a cache that found what they asked for; tagged with the cache, as are the next four. */
    static final String CACHE_HITS = "taxon.cache.hits";

    /** Look-ups in a cache that did not. */
    static final String CACHE_MISSES = "taxon.cache.misses";

    /** Bytes computed or copied for misses. */
    static final String CACHE_LOADED = "taxon.cache.loaded.bytes";

    /** Entries of a cache now. */
    static final String CACHE_ENTRIES = "taxon.cache.entries";

    /** Bytes of a cache now. */
    static final String CACHE_BYTES = "taxon.cache.bytes";

    /** Share of the tokens that a batch may have which it had. */
    static final String BATCH_FILL = "taxon.batch.fill";

    /** How long a request's texts took to tokenise. */
    static final String TOKENISE = "taxon.request.tokenise";

    /** From a request's being read to its answer's being ready. */
    static final String REQUEST = "taxon.request";

    /** Texts answered, tagged with the tenant. */
    static final String TENANT_TEXTS = "taxon.tenant.texts";

    private MetricNames() {}

    /** What tells figures of base models apart, of which an operator serves few. */
    static Tags ofBase(String name) {
        return Tags.of("base", name);
    }
}
