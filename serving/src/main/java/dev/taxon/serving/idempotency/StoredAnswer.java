package dev.taxon.serving.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * What a call answered, to be answered again.
 *
 * @param body as it went out; empty where there was none
 */
record StoredAnswer(
        int status,
        @Nullable String mediaType,
        byte[] body,
        @Nullable String location,
        @Nullable String etag) {

    StoredAnswer {
        body = body.clone();
    }
}
