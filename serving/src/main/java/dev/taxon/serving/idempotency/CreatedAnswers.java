package dev.taxon.serving.idempotency;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.http.ProblemException;
import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Keeps what a call answers in the transaction that creates what it tells of, so that both are there or neither: sent once
 * more with its key, the call finds its answer or creates for the first time. Thread-safe.
 */
@Singleton
public final class CreatedAnswers {
    private final CurrentVertxRequest request;
    private final IdempotencyStore store;

    CreatedAnswers(CurrentVertxRequest request, IdempotencyStore store) {
        this.request = request;
        this.store = store;
    }

    /**
     * Keeps the answer of a call that came with a key; of others nothing. Within the creating transaction.
     *
     * @param made what was created, as the call answers with it under 201
     * @return the same
     * @throws ProblemException when the call took so long that it was taken for dead, and its key is no longer its own
     */
    public <T> T keep(T made) {
        Optional<ClaimedKey> claimed = claimed();
        if (claimed.isPresent() && !store.answerWithin(claimed.get(), StoredAnswer.created(made))) {
            throw new ProblemException(
                    ErrorCode.CONFLICT,
                    "This call took so long that another one with its Idempotency-Key went before it. Nothing was"
                            + " created by this one.");
        }
        return made;
    }

    private Optional<ClaimedKey> claimed() {
        return Arc.container().requestContext().isActive()
                ? Optional.ofNullable(request.getCurrent()).flatMap(ClaimedKey::of)
                : Optional.empty();
    }
}
