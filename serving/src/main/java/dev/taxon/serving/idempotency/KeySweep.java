package dev.taxon.serving.idempotency;

import dev.taxon.serving.periodic.OldRows;
import dev.taxon.serving.periodic.OldRowsSweep;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Deletes keys of a day ago that no later key of their tenant has taken along. */
@Singleton
final class KeySweep {
    static final OldRows KEYS = new OldRows(
            "tenants_with_old_keys",
            "DELETE FROM idempotency WHERE ctid = ANY (ARRAY("
                    + "SELECT ctid FROM idempotency WHERE at < now() - make_interval(secs => ?) LIMIT ? FOR UPDATE SKIP LOCKED))",
            IdempotencyStore.KEPT);

    void start(@Observes StartupEvent event, OldRowsSweep sweep) {
        sweep.start("keys", KEYS);
    }
}
