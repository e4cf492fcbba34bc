package dev.taxon.serving.idempotency;

/** What became of the claim on a key. */
sealed interface Claim {

    /** The key is this call's: it is the first with it. */
    record First() implements Claim {}

    /** The call was made before, and this is what it answered. */
    record Answered(StoredAnswer answer) implements Claim {}

    /** The call is being answered, here or elsewhere. */
    record UnderWay() implements Claim {}

    /** The key belongs to a call that asked for something else. */
    record Taken() implements Claim {}
}
