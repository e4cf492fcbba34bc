package dev.taxon.serving.tenant;

import dev.taxon.serving.database.DatabaseException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Reads keys through the function that alone may look across tenants. */
final class PostgresKeyDirectory implements KeyDirectory {
    private final DataSource dataSource;

    PostgresKeyDirectory(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public Optional<StoredKey> find(String id) {
        String query = "SELECT tenant_id, secret_hash, scopes, suspended FROM find_api_key(?)";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, id);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(read(id, rows)) : Optional.empty();
            }
        } catch (SQLException failure) {
            throw new DatabaseException("The database did not answer when a key was looked up.", failure);
        }
    }

    private static StoredKey read(String id, ResultSet row) throws SQLException {
        return new StoredKey(
                id,
                row.getObject("tenant_id", UUID.class),
                row.getBytes("secret_hash"),
                scopes(row),
                row.getBoolean("suspended"));
    }

    private static Set<Scope> scopes(ResultSet row) throws SQLException {
        String[] words = (String[]) row.getArray("scopes").getArray();
        return Arrays.stream(words).map(Scope::of).collect(Collectors.toSet());
    }
}
