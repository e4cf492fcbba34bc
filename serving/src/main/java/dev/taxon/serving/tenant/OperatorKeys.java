package dev.taxon.serving.tenant;

import dev.taxon.serving.database.DatabaseException;
import dev.taxon.serving.database.Sql;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The keys of those who run the server. Making and revoking them takes the owner's role, which no server works with: an
 * operator is who may log on to the host. Thread-safe.
 */
public final class OperatorKeys {
    private final DataSource dataSource;
    private final SecureRandom random = new SecureRandom();

    public OperatorKeys(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Makes a key, as the owner; it cannot be had again. */
    public OperatorKey create() {
        OperatorKey key = OperatorKey.random(random);
        run(
                "INSERT INTO operator_key (id, secret_hash) VALUES (?, ?)",
                key.id(),
                key.parts().secretHash());
        return key;
    }

    /** Revokes a key for good, as the owner; false when there is no such key in use. */
    public boolean revoke(String id) {
        return run("UPDATE operator_key SET revoked_at = now() WHERE id = ? AND revoked_at IS NULL", id) == 1;
    }

    /** Whether this is an operator's key. Asks the database each time: operators are few, and a revoked one is none at once. */
    public boolean verify(OperatorKey key) {
        try (Connection connection = dataSource.getConnection()) {
            String query = "SELECT hash FROM find_operator_key(?) hash WHERE hash IS NOT NULL";
            return Sql.first(connection, query, row -> row.getBytes(1), key.id())
                    .filter(hash -> MessageDigest.isEqual(hash, key.parts().secretHash()))
                    .isPresent();
        } catch (SQLException failure) {
            throw new DatabaseException("The database did not answer when an operator's key was looked up.", failure);
        }
    }

    private int run(String statement, Object... values) {
        try (Connection connection = dataSource.getConnection()) {
            return Sql.update(connection, statement, values);
        } catch (SQLException failure) {
            throw new DatabaseException("The operator's key could not be stored.", failure);
        }
    }
}
