package dev.taxon.serving.idempotency;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.http.ProblemException;
import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Predicate;

/** The key that the current call holds, if it came with one. Thread-safe. */
@Singleton
final class CurrentKey {
    private final CurrentVertxRequest request;

    CurrentKey(CurrentVertxRequest request) {
        this.request = request;
    }

    Optional<ClaimedKey> get() {
        return Arc.container().requestContext().isActive()
                ? Optional.ofNullable(request.getCurrent()).flatMap(ClaimedKey::of)
                : Optional.empty();
    }

    /**
     * Writes something under the key, within the changing transaction; nothing where there is none.
     *
     * @param write false when the key is no longer the call's
     * @throws ProblemException when it is not: the call took so long that it was taken for dead
     */
    void write(Predicate<ClaimedKey> write) {
        if (!get().map(write::test).orElse(true)) {
            throw new ProblemException(
                    ErrorCode.CONFLICT,
                    "This call took so long that another one with its Idempotency-Key went before it. Nothing was"
                            + " changed by this one.");
        }
    }
}
