package dev.taxon.sdk.wire;

/**
 * Why a document cannot be read or used, in words that quote nothing of it.
 *
 * @param code {@code malformed_json}, {@code unknown_field} or {@code invalid_request}
 * @param at the place, {@code inputs[3].threshold}; empty where it is the document as a whole
 * @param detail a sentence
 */
public record WireFault(ErrorCode code, String at, String detail) {

    /** The fault as a problem. */
    public Problem toProblem() {
        return Problem.of(code, detail).withAt(at.isEmpty() ? null : at);
    }
}
