package dev.taxon.serving.periodic;

import dev.taxon.serving.database.AcrossTenants;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;

/** Deletes rows that are old, some in a transaction, so that nobody waits for it. Thread-safe. */
@Singleton
public final class OldRowsSweep {
    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final int TENANTS = 1_000;
    private static final int AT_ONCE = 500;

    private final ApiTasks tasks;
    private final AcrossTenants across;
    private final TenantTransactions transactions;

    OldRowsSweep(ApiTasks tasks, AcrossTenants across, TenantTransactions transactions) {
        this.tasks = tasks;
        this.across = across;
        this.transactions = transactions;
    }

    /** Deletes them again and again, in a process that answers calls. */
    public void start(String name, OldRows rows) {
        tasks.start(name, PAUSE, () -> delete(rows));
    }

    /** Deletes what is old now. Blocks. */
    public void delete(OldRows rows) {
        String query = "SELECT * FROM " + rows.tenants() + "(make_interval(secs => ?), ?)";
        double kept = rows.kept().toSeconds();
        for (UUID tenant : across.query(query, row -> row.getObject(1, UUID.class), kept, TENANTS)) {
            int deleted = AT_ONCE;
            while (deleted == AT_ONCE) {
                deleted = transactions.sql(tenant, connection -> Sql.update(connection, rows.delete(), kept, AT_ONCE));
            }
        }
    }
}
