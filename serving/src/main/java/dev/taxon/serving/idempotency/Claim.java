package dev.taxon.serving.idempotency;

import java.util.UUID;

/** What became of the claim on a key. */
sealed interface Claim {

    /**
     * The key is this call's: it is the first with it.
     *
     * @param claim by which the call is known until it has answered
     */
    record First(UUID claim) implements Claim {}

    /** The call was made before, and this is what it answered. */
    record Answered(StoredAnswer answer) implements Claim {}

    /** The call is being answered, here or elsewhere. */
    record UnderWay() implements Claim {}

    /** The key belongs to a call that asked for something else. */
    record Taken() implements Claim {}
}
