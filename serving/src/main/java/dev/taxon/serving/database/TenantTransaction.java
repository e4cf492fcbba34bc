package dev.taxon.serving.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * A tenant's transaction over plain JDBC, where no Quarkus runs: commands, and the keys that they make. The server has
 * {@link TenantTransactions}.
 */
public final class TenantTransaction {
    private final DataSource dataSource;

    public TenantTransaction(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What is done in the transaction. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /** Runs the work as this tenant and commits it, or rolls everything back. */
    public <T> T in(UUID tenant, Work<T> work) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                become(connection, tenant);
                T result = work.run(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException failure) {
                connection.rollback();
                throw failure;
            }
        }
    }

    /** Names the tenant to row-level security until the transaction of this connection ends. */
    static void become(Connection connection, UUID tenant) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT set_config('app.tenant', ?, true)")) {
            statement.setString(1, tenant.toString());
            statement.execute();
        }
    }
}
