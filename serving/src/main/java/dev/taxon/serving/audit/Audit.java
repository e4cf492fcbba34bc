package dev.taxon.serving.audit;

import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Writes the audit, within the transaction that does what an entry tells of, so that both stand together or not at all.
 * Thread-safe.
 */
@Singleton
public final class Audit {
    private final TenantTransactions transactions;
    private final Caller caller;

    Audit(TenantTransactions transactions, Caller caller) {
        this.transactions = transactions;
        this.caller = caller;
    }

    /**
     * Tells that the caller of the current call, or else this worker, did something to something of the tenant that the
     * transaction is of.
     *
     * @param action what was done, {@code adapter.promote}
     * @param subject what it was done to, {@code support@3}; a name or an id, never a text
     * @throws IllegalStateException outside of a transaction: what was done might stand without its entry then
     */
    public void record(String action, String subject) {
        if (!QuarkusTransaction.isActive()) {
            throw new IllegalStateException("An entry of the audit needs the transaction that it tells of.");
        }
        transactions.sql(connection -> insert(connection, action, subject));
    }

    private boolean insert(Connection connection, String action, String subject) throws SQLException {
        // Names outlive their tenants, ids mean nothing to who reads.
        String insert = "INSERT INTO audit (tenant, actor, action, subject, request_id)"
                + " VALUES ((SELECT name FROM tenant WHERE id = current_tenant()), ?, ?, ?, ?)";
        return Sql.update(connection, insert, caller.actor(), action, subject, caller.requestId()) == 1;
    }
}
