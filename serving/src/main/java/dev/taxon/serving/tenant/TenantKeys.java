package dev.taxon.serving.tenant;

import dev.taxon.serving.database.DatabaseException;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransaction;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Makes tenants and their keys. Works with the application's role; the migration must have run. Thread-safe.
 *
 * <p>Every method throws {@link DatabaseException} when the database does not do its part.
 */
public final class TenantKeys {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final String UNIQUE_VIOLATION = "23505";

    private final DataSource dataSource;
    private final TenantTransaction transaction;
    private final SecureRandom random = new SecureRandom();

    public TenantKeys(DataSource dataSource) {
        this.dataSource = dataSource;
        this.transaction = new TenantTransaction(dataSource);
    }

    /** The tenant of this name. */
    public Optional<Tenant> find(String name) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT find_tenant(?)")) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return Optional.ofNullable(rows.getObject(1, UUID.class)).map(id -> new Tenant(id, name));
            }
        } catch (SQLException failure) {
            throw new DatabaseException("The tenant could not be looked up.", failure);
        }
    }

    /** The tenant of this name, made when there is none. Safe to call from several processes at once. */
    public Tenant findOrCreate(String name) {
        requireName(name);
        return find(name).orElseGet(() -> create(name));
    }

    /**
     * Makes a key of a tenant.
     *
     * @return the key in full; it cannot be had again
     */
    public ApiKey createKey(Tenant tenant, Set<Scope> scopes) {
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException("A key needs at least one scope.");
        }
        try {
            return transaction.in(tenant.id(), connection -> createKey(connection, scopes));
        } catch (SQLException failure) {
            throw new DatabaseException("The key could not be stored.", failure);
        }
    }

    /** Makes a key of the tenant that the connection's transaction is of. */
    public ApiKey createKey(Connection connection, Set<Scope> scopes) throws SQLException {
        ApiKey key = ApiKey.random(random);
        Sql.update(
                connection,
                "INSERT INTO api_key (id, tenant_id, secret_hash, scopes) VALUES (?, current_tenant(), ?, ?)",
                key.id(),
                key.secretHash(),
                connection.createArrayOf("text", words(scopes)));
        return key;
    }

    /** Revokes a key for good; false when the tenant has no such key in use. Nodes notice within seconds. */
    public boolean revokeKey(Tenant tenant, String keyId) {
        try {
            return transaction.in(tenant.id(), connection -> revokeKey(connection, keyId));
        } catch (SQLException failure) {
            throw new DatabaseException("The key could not be revoked.", failure);
        }
    }

    /** Revokes a key of the tenant that the connection's transaction is of; false when it has no such key in use. */
    public static boolean revokeKey(Connection connection, String keyId) throws SQLException {
        String update = "UPDATE api_key SET revoked_at = now() WHERE id = ? AND revoked_at IS NULL";
        return Sql.update(connection, update, keyId) == 1;
    }

    /** Stores a new tenant, in a transaction as that tenant. */
    public static Tenant insert(Connection connection, Tenant tenant) throws SQLException {
        requireName(tenant.name());
        Sql.update(connection, "INSERT INTO tenant (id, name) VALUES (?, ?)", tenant.id(), tenant.name());
        return tenant;
    }

    private Tenant create(String name) {
        Tenant tenant = new Tenant(UUID.randomUUID(), name);
        try {
            return transaction.in(tenant.id(), connection -> insert(connection, tenant));
        } catch (SQLException failure) {
            if (UNIQUE_VIOLATION.equals(failure.getSQLState())) {
                return find(name).orElseThrow(() -> new DatabaseException("The tenant could not be stored.", failure));
            }
            throw new DatabaseException("The tenant could not be stored.", failure);
        }
    }

    private static String[] words(Set<Scope> scopes) {
        return scopes.stream().map(Scope::word).sorted().toArray(String[]::new);
    }

    /** Throws {@link IllegalArgumentException} for what cannot name a tenant. */
    public static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "A tenant's name is up to 63 letters, digits, dots, hyphens and underscores, and starts with a"
                            + " letter or digit.");
        }
    }
}
