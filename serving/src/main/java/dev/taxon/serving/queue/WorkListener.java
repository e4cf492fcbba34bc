package dev.taxon.serving.queue;

import dev.taxon.serving.database.DatabaseException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Waits for word of work, on a connection of its own. Used by one thread. */
public final class WorkListener implements AutoCloseable {
    private final DataSource dataSource;
    private @Nullable Connection connection;

    public WorkListener(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Returns when there may be work, at the latest after a while: who looks for work then misses none, whether words get
     * lost or not.
     */
    public void await(Duration longest) {
        try {
            listening().unwrap(PGConnection.class).getNotifications(Math.toIntExact(longest.toMillis()));
        } catch (SQLException failure) {
            close();
            throw new DatabaseException("The database does not tell of work.", failure);
        }
    }

    private Connection listening() throws SQLException {
        Connection known = connection;
        if (known != null) {
            return known;
        }
        Connection opened = dataSource.getConnection();
        connection = opened;
        try (Statement statement = opened.createStatement()) {
            statement.execute("LISTEN " + JobNotices.WORK);
        }
        return opened;
    }

    @Override
    public void close() {
        Connection known = connection;
        connection = null;
        if (known != null) {
            try (known) {
                known.createStatement().execute("UNLISTEN " + JobNotices.WORK);
            } catch (SQLException gone) {
                return;
            }
        }
    }
}
