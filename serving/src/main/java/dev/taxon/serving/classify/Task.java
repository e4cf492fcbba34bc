package dev.taxon.serving.classify;

import dev.taxon.core.ClassificationInput;
import dev.taxon.core.InputException;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.http.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * One validated text of a request.
 *
 * @param id the caller's own word for it
 * @param textPlace where the text stands in the request
 */
record Task(@Nullable String id, Place textPlace, String text, Options options) {

    ClassificationInput input() {
        return new ClassificationInput(
                        text,
                        options.labels(),
                        options.mode(),
                        options.threshold(),
                        options.onLong(),
                        options.maxLength())
                .withContext(options.context());
    }

    /** What the classifier would not take, as a problem at its place in the request. */
    ProblemException refused(InputException failure) {
        Place place =
                failure.field().equals("text") ? textPlace : options.place().field(failure.field());
        return place.problem(code(failure.reason()), String.valueOf(failure.getMessage()));
    }

    private static ErrorCode code(InputException.Reason reason) {
        return switch (reason) {
            case INVALID -> ErrorCode.INVALID_REQUEST;
            case NOT_SUPPORTED -> ErrorCode.NOT_SUPPORTED;
            case LABELS_TOO_LONG -> ErrorCode.LABELS_TOO_LONG;
            case TEXT_TOO_LONG -> ErrorCode.TEXT_TOO_LONG;
        };
    }
}
