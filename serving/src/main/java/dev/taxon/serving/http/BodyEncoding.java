package dev.taxon.serving.http;

import dev.taxon.sdk.wire.ErrorCode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Bodies are taken as they are: who unpacks what strangers pack has to bound what comes of it, and nothing here needs that. */
public final class BodyEncoding {
    /** What it is called to send a body as it is. */
    private static final String NONE = "identity";

    private BodyEncoding() {}

    /**
     * Refuses a body that is packed.
     *
     * @param contentEncodings the values of the call's {@code Content-Encoding}; null or none for a body as it is
     * @throws ProblemException of {@code unsupported_media_type}
     */
    public static void requireNone(@Nullable List<String> contentEncodings) {
        Stream<String> named = contentEncodings == null ? Stream.empty() : contentEncodings.stream();
        boolean packed = named.flatMap(value -> Stream.of(value.split(",")))
                .map(word -> word.strip().toLowerCase(Locale.ROOT))
                .anyMatch(word -> !word.isEmpty() && !word.equals(NONE));
        if (packed) {
            throw new ProblemException(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "The body has a Content-Encoding, and none is taken: send it unpacked, and without that header.");
        }
    }
}
