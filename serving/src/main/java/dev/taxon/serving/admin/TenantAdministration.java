package dev.taxon.serving.admin;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Page;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.sdk.wire.Tenant;
import dev.taxon.sdk.wire.TenantState;
import dev.taxon.serving.audit.Audit;
import dev.taxon.serving.database.AcrossTenants;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.database.Violation;
import dev.taxon.serving.http.PageRequest;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.serving.tenant.TenantKeys;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import org.hibernate.jdbc.ReturningWork;

/** Makes tenants, finds them, suspends them and lets them go. Blocks. Thread-safe. */
@Singleton
public final class TenantAdministration {
    private final AcrossTenants across;
    private final TenantTransactions transactions;
    private final TenantKeys keys;
    private final TenantRemoval removal;
    private final Audit audit;

    TenantAdministration(
            AcrossTenants across,
            TenantTransactions transactions,
            TenantKeys keys,
            TenantRemoval removal,
            Audit audit) {
        this.across = across;
        this.transactions = transactions;
        this.keys = keys;
        this.removal = removal;
        this.audit = audit;
    }

    /**
     * Makes a tenant, and in the same transaction whatever is to be there from its beginning.
     *
     * @throws ProblemException for a name that is none, or taken
     */
    <T> T create(String name, ReturningWork<T> beginning) {
        checkName(name);
        UUID id = UUID.randomUUID();
        Supplier<T> work = () -> {
            transactions.sql(
                    connection -> TenantKeys.insert(connection, new dev.taxon.serving.tenant.Tenant(id, name)));
            audit.record("tenant.create", name);
            return transactions.sql(beginning);
        };
        try {
            return transactions.in(id, work);
        } catch (RuntimeException failure) {
            if (Violation.of(failure).filter(Violation.UNIQUE::equals).isPresent()) {
                throw new ProblemException(
                        Problem.of(ErrorCode.CONFLICT, "There is a tenant of this name already. Choose another one.")
                                .withAt("name"));
            }
            throw failure;
        }
    }

    /** The tenants in the order of their names. */
    Page<Tenant> page(PageRequest request) {
        String query = "SELECT name, state, created_at FROM list_tenants(?, ?)";
        String known = request.after() == null ? "" : request.after();
        return request.page(
                across.query(query, TenantAdministration::tenant, known, request.limit() + 1), Tenant::name);
    }

    /**
     * The id of the tenant of this name.
     *
     * @throws ProblemException where there is none
     */
    UUID require(String name) {
        return keys.find(name)
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "There is no such tenant."))
                .id();
    }

    /** The tenant of this name. */
    Tenant get(String name) {
        return transactions.sql(require(name), TenantAdministration::own);
    }

    /** Suspends a tenant, or ends that; nodes follow within seconds. */
    Tenant change(String name, TenantState state) {
        String word = state.name().toLowerCase(Locale.ROOT);
        return transactions.in(require(name), () -> {
            transactions.sql(connection -> store(connection, word));
            audit.record("tenant." + word, name);
            return transactions.sql(TenantAdministration::own);
        });
    }

    /** Deletes the tenant of this name and everything that is its own. */
    void delete(String name) {
        delete(require(name));
    }

    /**
     * Deletes this tenant and everything that is its own; the audit alone remembers it. What is interrupted leaves a
     * suspended tenant, whose deletion can be asked for again.
     */
    void delete(UUID tenant) {
        transactions.run(tenant, () -> {
            // Before anything is gone, so that the audit tells of a deletion that did not get to its end, too.
            audit.record(
                    "tenant.delete", transactions.sql(TenantAdministration::own).name());
            transactions.sql(connection -> store(connection, "suspended"));
        });
        removal.empty(tenant);
        // What belongs to the tenant goes with it: every table refers to it, directly or through its parent.
        transactions.sql(
                tenant, connection -> Sql.update(connection, "DELETE FROM tenant WHERE id = current_tenant()"));
    }

    private static int store(Connection connection, String state) throws SQLException {
        return Sql.update(connection, "UPDATE tenant SET state = ? WHERE id = current_tenant()", state);
    }

    /** The name of a tenant, in a transaction of its own. */
    String name(UUID tenant) {
        return transactions.sql(tenant, TenantAdministration::own).name();
    }

    private static void checkName(String name) {
        try {
            TenantKeys.requireName(name);
        } catch (IllegalArgumentException refused) {
            throw new ProblemException(Problem.of(ErrorCode.INVALID_REQUEST, String.valueOf(refused.getMessage()))
                    .withAt("name"));
        }
    }

    private static Tenant own(Connection connection) throws SQLException {
        String query = "SELECT name, state, created_at FROM tenant WHERE id = current_tenant()";
        return Sql.first(connection, query, TenantAdministration::tenant)
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "There is no such tenant."));
    }

    private static Tenant tenant(ResultSet row) throws SQLException {
        return new Tenant(
                row.getString("name"),
                TenantState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getTimestamp("created_at").toInstant());
    }
}
