package dev.taxon.sdk;

import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import org.jspecify.annotations.Nullable;

/**
 * A body as it came: of a success what the caller asked for, of a failure the bytes of its problem.
 *
 * @param value null of a failure
 * @param problem null of a success
 */
record Received<T>(@Nullable T value, byte @Nullable [] problem) {

    /** Hands the bodies of successes to a handler, and keeps those of failures. */
    static <T> BodyHandler<Received<T>> by(BodyHandler<T> handler) {
        return head -> head.statusCode() / 100 == 2
                ? BodySubscribers.mapping(handler.apply(head), value -> new Received<>(value, null))
                : failed();
    }

    private static <T> BodySubscriber<Received<T>> failed() {
        return BodySubscribers.mapping(BodySubscribers.ofByteArray(), bytes -> new Received<>(null, bytes));
    }
}
