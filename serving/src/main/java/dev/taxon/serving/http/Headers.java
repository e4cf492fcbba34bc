package dev.taxon.serving.http;

/** Names of the headers that the contract defines. */
public final class Headers {
    public static final String REQUEST_ID = "X-Request-Id";
    public static final String DEADLINE = "X-Taxon-Deadline-Ms";

    /** Calls with the same one fall on the same side of a canary. */
    public static final String ROUTING_KEY = "X-Taxon-Routing-Key";

    private Headers() {}
}
