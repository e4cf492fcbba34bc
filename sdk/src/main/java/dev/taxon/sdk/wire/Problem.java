package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A problem of RFC 9457 ({@code application/problem+json}). It never quotes a customer's text.
 *
 * @param type {@code urn:taxon:problem:} and the code
 * @param title the code's title
 * @param status the HTTP status
 * @param detail what went wrong this time
 * @param instance the path that was asked for
 * @param code the word of an {@link ErrorCode}; a string, since a newer server may know more words
 * @param requestId the same as the header {@code X-Request-Id}
 * @param retryable whether the same request may succeed later, unchanged
 * @param at the place in the request, {@code inputs[3].adapter}
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        @Nullable String type,
        @Nullable String title,
        int status,
        @Nullable String detail,
        @Nullable String instance,
        @Nullable String code,
        @Nullable String requestId,
        boolean retryable,
        @Nullable String at) {

    /** The media type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /**
     * A problem of this code.
     *
     * <pre>{@code Problem.of(ErrorCode.INVALID_REQUEST, "A text is empty.").withAt("inputs[3].text")}</pre>
     */
    public static Problem of(ErrorCode code, String detail) {
        return new Problem(
                "urn:taxon:problem:" + code.code(),
                code.title(),
                code.status(),
                detail,
                null,
                code.code(),
                null,
                code.retryable(),
                null);
    }

    /** The code as a constant; empty where it is absent or newer than this client. */
    public Optional<ErrorCode> errorCode() {
        return Optional.ofNullable(code).flatMap(ErrorCode::of);
    }

    /** The same problem at this place of the request. */
    public Problem withAt(@Nullable String value) {
        return new Problem(type, title, status, detail, instance, code, requestId, retryable, value);
    }

    /** The same problem, of which it is known whether the same request may succeed later. */
    public Problem withRetryable(boolean value) {
        return new Problem(type, title, status, detail, instance, code, requestId, value, at);
    }

    /** The same problem, met at this path. */
    public Problem withInstance(@Nullable String value) {
        return new Problem(type, title, status, detail, value, code, requestId, retryable, at);
    }

    /** The same problem, met by this request. */
    public Problem withRequestId(@Nullable String value) {
        return new Problem(type, title, status, detail, instance, code, value, retryable, at);
    }
}
