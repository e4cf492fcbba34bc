package dev.taxon.serving.http;

/** Names of the headers that the contract defines. */
public final class Headers {
    public static final String REQUEST_ID = "X-Request-Id";
    public static final String DEADLINE = "X-Taxon-Deadline-Ms";

    /** By which a call that creates is known again when it is sent twice. */
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** On an answer that was given before. */
    public static final String IDEMPOTENT_REPLAYED = "Idempotent-Replayed";

    /** Calls with the same one fall on the same side of a canary. */
    public static final String ROUTING_KEY = "X-Taxon-Routing-Key";

    private Headers() {}
}
