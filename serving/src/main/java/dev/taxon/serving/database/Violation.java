package dev.taxon.serving.database;

import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the database said no to, by the SQL state that some cause of a failure carries. */
public enum Violation {
    /** Another row is there already. */
    UNIQUE("23505"),
    /** What a row refers to is not there. */
    REFERENCE("23503"),
    /** A value is not allowed. */
    CHECK("23514");

    private final String state;

    Violation(String state) {
        this.state = state;
    }

    /** The violated constraint's kind; empty when the failure is something else. */
    public static Optional<Violation> of(Throwable failure) {
        return states(failure)
                .flatMap(state -> Stream.of(values()).filter(each -> each.state.equals(state)))
                .findFirst();
    }

    /** True when a value cannot be stored as it is, such as a text with a NUL in it. */
    public static boolean meansUnfitValue(Throwable failure) {
        return states(failure).anyMatch(state -> state.startsWith("22") || state.equals("54000"));
    }

    /** True when others change the same at the same time, and this had to give way: once they are done it may succeed. */
    public static boolean meansOthersWereFirst(Throwable failure) {
        // 40 serialization failures and deadlocks, 55P03 a lock that was not free in time.
        return states(failure).anyMatch(state -> state.startsWith("40") || state.equals("55P03"));
    }

    /** True when the database is not there, is stopping or starting, or has no connection to spare. */
    static boolean meansNoAnswer(Throwable failure) {
        return causes(failure).anyMatch(cause -> cause instanceof SQLException sql && meansNoAnswer(sql.getSQLState()));
    }

    private static boolean meansNoAnswer(@Nullable String state) {
        // 08 connection, 53 resources, 57P administrator's doing, 58 system; a pool that has none names no state.
        return state == null || Stream.of("08", "53", "57P", "58").anyMatch(state::startsWith);
    }

    private static Stream<String> states(Throwable failure) {
        return causes(failure)
                .filter(SQLException.class::isInstance)
                .map(cause -> ((SQLException) cause).getSQLState())
                .filter(state -> state != null);
    }

    /** What led to a failure; a commit that failed says so as suppressed. */
    private static Stream<Throwable> causes(Throwable failure) {
        Stream<Throwable> direct = failure.getCause() == null ? Stream.empty() : Stream.of(failure.getCause());
        return Stream.concat(
                Stream.of(failure),
                Stream.concat(direct, Stream.of(failure.getSuppressed())).flatMap(Violation::causes));
    }
}
