package dev.taxon.serving.capture;

import dev.taxon.serving.database.AcrossTenants;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.periodic.ApiTasks;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Deletes what tenants wanted to be kept no longer, in small transactions. */
@Singleton
final class RetentionSweep {
    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final int ROWS_A_TRANSACTION = 1_000;
    private static final String EXPIRED = "SELECT tenant_id, retention_days FROM expired_tenants(1000)";

    private final AcrossTenants across;
    private final TenantTransactions transactions;

    RetentionSweep(AcrossTenants across, TenantTransactions transactions) {
        this.across = across;
        this.transactions = transactions;
    }

    void start(@Observes StartupEvent event, ApiTasks tasks) {
        tasks.start("retention", PAUSE, this::run);
    }

    void run() {
        for (Keeper keeper : expired()) {
            delete(keeper, "captured_text");
            delete(keeper, "feedback");
        }
    }

    private record Keeper(UUID tenant, int days) {}

    private List<Keeper> expired() {
        return across.query(EXPIRED, row -> new Keeper(row.getObject(1, UUID.class), row.getInt(2)));
    }

    private void delete(Keeper keeper, String table) {
        String delete = "DELETE FROM " + table + " WHERE ctid = ANY (ARRAY(SELECT ctid FROM " + table
                + " WHERE at < now() - make_interval(days => ?) LIMIT " + ROWS_A_TRANSACTION
                + " FOR UPDATE SKIP LOCKED))";
        int deleted = ROWS_A_TRANSACTION;
        while (deleted == ROWS_A_TRANSACTION) {
            deleted = transactions.sql(keeper.tenant(), connection -> Sql.update(connection, delete, keeper.days()));
        }
    }
}
