package dev.taxon.sdk;

import java.net.http.HttpRequest.BodyPublisher;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One thing asked of the server; the body can be sent again.
 *
 * @param path starts with {@code /v1/}
 * @param remaining what is left of the deadline, where there is one
 */
record Call(String path, BodyPublisher body, @Nullable Duration remaining) {

    Call withRemaining(Duration left) {
        return new Call(path, body, left);
    }
}
