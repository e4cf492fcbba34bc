package dev.taxon.serving.webhook;

import dev.taxon.serving.periodic.OldRows;
import dev.taxon.serving.periodic.OldRowsSweep;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Deletes what was told, or given up, a week ago. */
@Singleton
final class DeliverySweep {
    static final OldRows DELIVERIES = new OldRows(
            "tenants_with_old_deliveries",
            "DELETE FROM webhook_delivery WHERE ctid = ANY (ARRAY(SELECT ctid FROM webhook_delivery"
                    + " WHERE ended_at < now() - make_interval(secs => ?) LIMIT ? FOR UPDATE SKIP LOCKED))",
            Duration.ofDays(7));

    void start(@Observes StartupEvent event, OldRowsSweep sweep) {
        sweep.start("deliveries", DELIVERIES);
    }
}
