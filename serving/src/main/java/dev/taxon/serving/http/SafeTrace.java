package dev.taxon.serving.http;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A failure for the log: kinds and places of the whole chain, without messages, since those of libraries may quote what
 * a customer sent.
 */
final class SafeTrace {
    private static final int FRAMES = 20;
    private static final int CAUSES = 5;

    private SafeTrace() {}

    static String of(String requestId, Throwable failure) {
        StringBuilder trace = new StringBuilder("request ").append(requestId).append(" failed");
        Throwable link = failure;
        for (int depth = 0; link != null && depth < CAUSES; depth++) {
            trace.append(depth == 0 ? ": " : "\ncaused by ")
                    .append(link.getClass().getName())
                    .append(frames(link));
            link = link.getCause();
        }
        return trace.toString();
    }

    private static String frames(Throwable failure) {
        return Arrays.stream(failure.getStackTrace())
                .limit(FRAMES)
                .map(frame -> "\n    at " + frame)
                .collect(Collectors.joining());
    }
}
