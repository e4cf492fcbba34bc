package dev.taxon.serving.idempotency;

import dev.taxon.serving.http.ProblemException;
import jakarta.inject.Singleton;

/**
 * Keeps what a call answers in the transaction that creates what it tells of, so that both are there or neither: sent once
 * more with its key, the call finds its answer or creates for the first time. Thread-safe.
 */
@Singleton
public final class CreatedAnswers {
    private final CurrentKey key;
    private final IdempotencyStore store;

    CreatedAnswers(CurrentKey key, IdempotencyStore store) {
        this.key = key;
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
        key.write(claimed -> store.answerWithin(claimed, StoredAnswer.created(made)));
        return made;
    }
}
