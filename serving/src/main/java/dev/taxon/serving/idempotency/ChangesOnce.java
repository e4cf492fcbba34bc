package dev.taxon.serving.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.taxon.sdk.wire.WireJson;
import dev.taxon.serving.http.ProblemException;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * Changes once what a call with a key asks to have changed, whatever becomes of its answer: what was changed is noted in the
 * transaction that changes it, so that the call, sent once more, goes on after that transaction. Thread-safe.
 */
@Singleton
public final class ChangesOnce {
    private final CurrentKey key;
    private final IdempotencyStore store;

    ChangesOnce(CurrentKey key, IdempotencyStore store) {
        this.key = key;
        this.store = store;
    }

    /**
     * What the call changed when it was made before under its key; otherwise what the change gives now, which has to {@link
     * #note} it.
     *
     * @param type whose JSON was noted
     */
    public <T> T once(Class<T> type, Supplier<T> change) {
        String done = key.get().map(ClaimedKey::done).orElse(null);
        return done == null ? change.get() : read(done, type);
    }

    /**
     * Notes what a call changed that came with a key; of others nothing. Within the changing transaction.
     *
     * @return the same
     * @throws ProblemException when the call took so long that it was taken for dead, and its key is no longer its own
     */
    public <T> T note(T changed) {
        key.write(claimed -> store.noteWithin(claimed, WireJson.string(changed)));
        return changed;
    }

    private static <T> T read(String done, Class<T> type) {
        try {
            return WireJson.readTolerant(done.getBytes(StandardCharsets.UTF_8), type);
        } catch (JsonProcessingException notOurs) {
            throw new IllegalStateException("What a call had done cannot be read.", notOurs);
        }
    }
}
