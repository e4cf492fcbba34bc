package dev.taxon.serving.database;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Asks the functions that may read across tenants (ARCHITECTURE.md lists them), on a connection that has named none. Each
 * call is a transaction of its own. Blocks. Thread-safe.
 */
@Singleton
public final class AcrossTenants {
    private final DataSource dataSource;

    AcrossTenants(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The rows of a query, in its order. Throws {@link DatabaseException} when there is no answer. */
    public <T> List<T> query(String sql, Sql.RowReader<T> reader, @Nullable Object... values) {
        try (Connection connection = dataSource.getConnection()) {
            return Sql.query(connection, sql, reader, values);
        } catch (SQLException failure) {
            throw new DatabaseException("The database did not answer.", failure);
        }
    }
}
