package dev.taxon.serving.idempotency;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of the claim on a key. */
sealed interface Claim {

    /**
     * The key is this call's: it is the first with it, or the first since one that changed something and died.
     *
     * @param claim by which the call is known until it has answered
     * @param done what the one before changed, as JSON; null where there was none
     */
    record Own(UUID claim, @Nullable String done) implements Claim {}

    /** The call was made before, and this is what it answered. */
    record Answered(StoredAnswer answer) implements Claim {}

    /** The call is being answered, here or elsewhere. */
    record UnderWay() implements Claim {}

    /** The key belongs to a call that asked for something else. */
    record Taken() implements Claim {}
}
