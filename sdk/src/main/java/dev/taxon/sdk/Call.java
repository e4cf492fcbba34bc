package dev.taxon.sdk;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing asked of the server; the body can be sent again.
 *
 * @param path starts with {@code /v1/}
 * @param headers beside those of every request
 * @param answer what becomes of the body of a success
 * @param remaining what is left of the deadline, where there is one
 * @param limit the longest that one attempt may take; the client's own timeout where absent
 */
record Call<T>(
        String method,
        String path,
        BodyPublisher body,
        Map<String, String> headers,
        BodyHandler<T> answer,
        @Nullable Duration remaining,
        @Nullable Duration limit) {

    /** What a body is where nothing else is said. */
    static final String JSON = "application/json";

    Call {
        headers = Map.copyOf(headers);
    }

    /** A call without a body, for an answer that fits into memory. */
    static Call<byte[]> of(String method, String path) {
        return new Call<>(method, path, BodyPublishers.noBody(), Map.of(), BodyHandlers.ofByteArray(), null, null);
    }

    Call<T> withBody(BodyPublisher publisher, String type) {
        return new Call<>(method, path, publisher, with("Content-Type", type), answer, remaining, limit);
    }

    Call<T> withHeader(String name, String value) {
        return new Call<>(method, path, body, with(name, value), answer, remaining, limit);
    }

    <U> Call<U> withAnswer(BodyHandler<U> other) {
        return new Call<>(method, path, body, headers, other, remaining, limit);
    }

    Call<T> withRemaining(@Nullable Duration left) {
        return new Call<>(method, path, body, headers, answer, left, limit);
    }

    Call<T> withLimit(Duration longest) {
        return new Call<>(method, path, body, headers, answer, remaining, longest);
    }

    private Map<String, String> with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return more;
    }
}
