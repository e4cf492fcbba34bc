package dev.taxon.serving.admin;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Key;
import dev.taxon.sdk.wire.Page;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.serving.audit.Audit;
import dev.taxon.serving.database.AcrossTenants;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.http.PageRequest;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.serving.tenant.ApiKey;
import dev.taxon.serving.tenant.Scope;
import dev.taxon.serving.tenant.TenantKeys;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes tenants' keys, lists and revokes them. Blocks. Thread-safe. */
@Singleton
public final class KeyAdministration {
    private static final String COLUMNS = "SELECT k.id, t.name, k.scopes, k.created_at, k.revoked_at"
            + " FROM api_key k JOIN tenant t ON t.id = k.tenant_id";

    private final AcrossTenants across;
    private final TenantTransactions transactions;
    private final TenantAdministration tenants;
    private final TenantKeys keys;
    private final Audit audit;

    KeyAdministration(
            AcrossTenants across,
            TenantTransactions transactions,
            TenantAdministration tenants,
            TenantKeys keys,
            Audit audit) {
        this.across = across;
        this.transactions = transactions;
        this.tenants = tenants;
        this.keys = keys;
        this.audit = audit;
    }

    /** Makes a tenant with its first key; the answer alone has the secret. */
    Key createTenant(String name, @Nullable List<String> words) {
        Set<Scope> scopes = scopes(words);
        return tenants.create(name, connection -> create(connection, scopes));
    }

    /** Makes a key of a tenant; the answer alone has the secret. */
    Key create(String tenant, @Nullable List<String> words) {
        Set<Scope> scopes = scopes(words);
        return transactions.sql(tenants.require(tenant), connection -> create(connection, scopes));
    }

    /** The tenant's keys in the order of their ids, revoked ones too. */
    Page<Key> page(String tenant, PageRequest request) {
        String query = COLUMNS + " WHERE k.id > ? ORDER BY k.id LIMIT ?";
        String known = request.after() == null ? "" : request.after();
        return request.page(
                transactions.sql(
                        tenants.require(tenant),
                        connection -> Sql.query(connection, query, row -> key(row, null), known, request.limit() + 1)),
                Key::id);
    }

    /** Revokes a key of whoever it is; nodes follow within seconds. */
    void revoke(String id) {
        transactions.run(owner(id), () -> {
            transactions.sql(connection -> TenantKeys.revokeKey(connection, id));
            audit.record("key.revoke", id);
        });
    }

    private Key create(Connection connection, Set<Scope> scopes) throws SQLException {
        ApiKey key = keys.createKey(connection, scopes);
        audit.record("key.create", key.id());
        return Sql.first(connection, COLUMNS + " WHERE k.id = ?", row -> key(row, key.token()), key.id())
                .orElseThrow();
    }

    private UUID owner(String id) {
        String query = "SELECT tenant_id FROM find_api_key(?)";
        return across.query(query, row -> row.getObject(1, UUID.class), id).stream()
                .findFirst()
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "There is no such key in use."));
    }

    private static Set<Scope> scopes(@Nullable List<String> words) {
        if (words == null) {
            return Scope.all();
        }
        try {
            Set<Scope> scopes = words.stream().map(Scope::of).collect(Collectors.toSet());
            if (scopes.isEmpty()) {
                throw new IllegalArgumentException("A key needs at least one scope; leave the field out for all.");
            }
            return scopes;
        } catch (IllegalArgumentException refused) {
            throw new ProblemException(Problem.of(ErrorCode.INVALID_REQUEST, String.valueOf(refused.getMessage()))
                    .withAt("scopes"));
        }
    }

    private static Key key(ResultSet row, @Nullable String token) throws SQLException {
        return new Key(
                row.getString("id"),
                row.getString("name"),
                Arrays.asList((String[]) row.getArray("scopes").getArray()),
                moment(row.getTimestamp("created_at")),
                moment(row.getTimestamp("revoked_at")),
                token);
    }

    private static @Nullable Instant moment(@Nullable Timestamp stamp) {
        return stamp == null ? null : stamp.toInstant();
    }
}
