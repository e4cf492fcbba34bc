package dev.taxon.serving.log;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A failure for the log: kinds and places of the whole chain, without messages, since those of libraries may quote what
 * a customer sent. Of the database's failures the SQLSTATE stays, and the message where it is about the server and our
 * own statements alone.
 */
public final class SafeTrace {
    private static final int FRAMES = 20;
    private static final int CAUSES = 5;

    /** Connection exceptions, refused authorization, and statements that the schema or a role does not allow. */
    private static final List<String> CLASSES_WITHOUT_VALUES = List.of("08", "28", "42");

    private SafeTrace() {}

    /** The failure of a request. */
    public static String of(String requestId, Throwable failure) {
        return "request " + requestId + " failed: " + of(failure);
    }

    /** A failure by itself. */
    public static String of(Throwable failure) {
        return links(failure).map(link -> head(link) + frames(link)).collect(Collectors.joining("\ncaused by "));
    }

    /** What makes two failures the same: their kinds, and where each was thrown. */
    public static String cause(Throwable failure) {
        return links(failure).map(link -> head(link) + place(link)).collect(Collectors.joining(", caused by "));
    }

    private static Stream<Throwable> links(Throwable failure) {
        return Stream.iterate(Optional.of(failure), Optional::isPresent, link -> link.map(Throwable::getCause))
                .limit(CAUSES)
                .map(Optional::orElseThrow);
    }

    private static String head(Throwable link) {
        String name = link.getClass().getName();
        if (!(link instanceof SQLException failed) || failed.getSQLState() == null) {
            return name;
        }
        String state = failed.getSQLState();
        boolean telling = CLASSES_WITHOUT_VALUES.stream().anyMatch(state::startsWith);
        return name + " (SQLSTATE " + state + ")" + (telling ? ": " + failed.getMessage() : "");
    }

    private static String place(Throwable link) {
        return Arrays.stream(link.getStackTrace())
                .findFirst()
                .map(frame -> " at " + frame)
                .orElse("");
    }

    private static String frames(Throwable link) {
        return Arrays.stream(link.getStackTrace())
                .limit(FRAMES)
                .map(frame -> "\n    at " + frame)
                .collect(Collectors.joining());
    }
}
