package dev.taxon.serving.idempotency;

import dev.taxon.serving.database.AcrossTenants;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.periodic.ApiTasks;
import dev.taxon.serving.periodic.OldRows;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Deletes keys of a day ago that no later key of their tenant has taken along. */
@Singleton
final class KeySweep {
    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final OldRows KEYS = new OldRows(
            "tenants_with_old_keys",
            "DELETE FROM idempotency WHERE key IN"
                    + " (SELECT key FROM idempotency WHERE at < now() - make_interval(secs => ?) LIMIT ?)",
            IdempotencyStore.KEPT);

    private final AcrossTenants across;
    private final TenantTransactions transactions;

    KeySweep(AcrossTenants across, TenantTransactions transactions) {
        this.across = across;
        this.transactions = transactions;
    }

    void start(@Observes StartupEvent event, ApiTasks tasks) {
        tasks.start("keys", PAUSE, this::run);
    }

    void run() {
        KEYS.deleteFrom(across, transactions);
    }
}
