package dev.taxon.serving.queue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Words between processes that something happened to jobs; who misses one finds it out by looking, a little later. */
final class JobNotices {
    /** Without payload: there is work. */
    static final String WORK = "taxon_work";

    private JobNotices() {}

    /** Wakes workers once this transaction has committed. */
    static void tellOfWork(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("NOTIFY " + WORK);
        }
    }
}
