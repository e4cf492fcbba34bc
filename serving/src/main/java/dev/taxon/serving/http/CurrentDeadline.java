package dev.taxon.serving.http;

import dev.taxon.serving.batching.Deadline;
import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The deadline of the call that the thread answers; never where it answers none. Thread-safe. */
@Singleton
public final class CurrentDeadline {
    private final CurrentVertxRequest request;

    CurrentDeadline(CurrentVertxRequest request) {
        this.request = request;
    }

    public Deadline get() {
        return Arc.container().requestContext().isActive()
                ? Optional.ofNullable(request.getCurrent())
                        .flatMap(routing -> Optional.ofNullable(Call.of(routing)))
                        .map(Call::deadline)
                        .orElseGet(Deadline::never)
                : Deadline.never();
    }
}
