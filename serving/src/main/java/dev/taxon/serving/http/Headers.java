package dev.taxon.serving.http;

/** Names of the headers that the contract defines. */
public final class Headers {
    public static final String REQUEST_ID = "X-Request-Id";
    public static final String DEADLINE = "X-Taxon-Deadline-Ms";

    private Headers() {}
}
