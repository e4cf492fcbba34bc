package dev.taxon.serving.dataset;

import dev.taxon.serving.database.AcrossTenants;
import dev.taxon.serving.periodic.ApiTasks;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Deletes what came of uploads whose server died with them: every upload that no chunk has been added to for long. */
@Singleton
final class UploadSweep {
    private static final Duration PAUSE = Duration.ofMinutes(5);
    private static final int MOST = 100;
    /** A megabyte in a quarter of an hour is slower than any line; until then what came counts for the tenant's quota. */
    private static final String ABANDONED =
            "SELECT tenant_id, version_id FROM abandoned_uploads(interval '15 minutes', " + MOST + ")";

    private final AcrossTenants across;
    private final UploadStore store;

    UploadSweep(AcrossTenants across, UploadStore store) {
        this.across = across;
        this.store = store;
    }

    void start(@Observes StartupEvent event, ApiTasks tasks) {
        tasks.start("upload-sweep", PAUSE, this::run);
    }

    void run() {
        abandoned().forEach(upload -> store.abandon(upload.tenant(), upload.version()));
    }

    private List<Upload> abandoned() {
        return across.query(ABANDONED, row -> new Upload(row.getObject(1, UUID.class), row.getObject(2, UUID.class)));
    }

    private record Upload(UUID tenant, UUID version) {}
}
