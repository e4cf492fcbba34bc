package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Every way in which Taxon says no: the word on the wire, the HTTP status, and whether trying again can help. */
public enum ErrorCode {
    INVALID_REQUEST(400, false, "The request is not valid"),
    MALFORMED_JSON(400, false, "The body is not JSON"),
    UNKNOWN_FIELD(400, false, "There is no such field"),
    /** A field or route of the contract that this server does not build yet. */
    NOT_SUPPORTED(400, false, "Not built yet"),
    /** Labels, prompt and examples alone exceed the sequence; they are never cut. */
    LABELS_TOO_LONG(400, false, "The labels do not fit the model"),
    /** The text exceeds the sequence and the input asked for an error ({@code on_long}). */
    TEXT_TOO_LONG(400, false, "The text does not fit the model"),
    UNAUTHENTICATED(401, false, "The key is missing or not known"),
    FORBIDDEN(403, false, "The key may not do this"),
    NOT_FOUND(404, false, "Not found"),
    METHOD_NOT_ALLOWED(405, false, "The route has no such method"),
    NOT_ACCEPTABLE(406, false, "No answer of an accepted type"),
    /** Not retryable unless the problem itself says so. */
    CONFLICT(409, false, "In conflict with what is there"),
    PRECONDITION_FAILED(412, false, "Changed since it was read"),
    PAYLOAD_TOO_LARGE(413, false, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, false, "The body is of a type not taken"),
    /** The tenant's own quota; another tenant is not affected. */
    QUOTA_EXCEEDED(429, true, "The quota is used up for now"),
    /** Not foreseen; the details stay in the server's log. */
    INTERNAL(500, false, "Something broke on our side"),
    /** A forward that is not finite; only ever the error of one row. */
    ROW_FAILED(500, false, "This row could not be scored"),
    /** The queue of this node is full, or the deadline passed. */
    OVERLOADED(503, true, "Too busy to answer in time");

    private final String code;
    private final int status;
    private final boolean retryable;
    private final String title;

    ErrorCode(int status, boolean retryable, String title) {
        this.code = name().toLowerCase(Locale.ROOT);
        this.status = status;
        this.retryable = retryable;
        this.title = title;
    }

    /** The constant of this word, or empty where a newer server uses a word this client does not know. */
    public static Optional<ErrorCode> of(String code) {
        return Arrays.stream(values()).filter(each -> each.code.equals(code)).findFirst();
    }

    /** The word on the wire, in snake case. */
    @JsonValue
    public String code() {
        return code;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** Whether the same request may succeed later, unchanged. */
    public boolean retryable() {
        return retryable;
    }

    /** A short title that is the same for every occurrence. */
    public String title() {
        return title;
    }
}
