package dev.taxon.serving.metrics;

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

    private MetricNames() {}
}
