package dev.taxon.serving.dataset;

import dev.taxon.serving.config.Role;
import dev.taxon.serving.config.TaxonSettings;
import dev.taxon.serving.database.DatabaseException;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.periodic.PeriodicTask;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Deletes what came of uploads whose server died with them: every upload that no chunk has been added to for long. */
@Singleton
final class UploadSweep {
    private static final Duration PAUSE = Duration.ofMinutes(5);
    private static final int MOST = 100;
    /** Far longer than a connection on which nothing comes stays open. */
    private static final String ABANDONED =
            "SELECT tenant_id, version_id FROM abandoned_uploads(interval '1 hour', " + MOST + ")";

    private final DataSource dataSource;
    private final UploadStore store;
    private @Nullable PeriodicTask task;

    UploadSweep(DataSource dataSource, UploadStore store) {
        this.dataSource = dataSource;
        this.store = store;
    }

    void start(@Observes StartupEvent event, TaxonSettings settings) {
        if (settings.roles().contains(Role.API)) {
            task = PeriodicTask.start("upload-sweep", PAUSE, this::run);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (task != null) {
            task.close();
        }
    }

    void run() {
        abandoned().forEach(upload -> store.abandon(upload.tenant(), upload.version()));
    }

    private List<Upload> abandoned() {
        try (Connection connection = dataSource.getConnection()) {
            return Sql.query(
                    connection,
                    ABANDONED,
                    row -> new Upload(row.getObject(1, UUID.class), row.getObject(2, UUID.class)));
        } catch (SQLException failure) {
            throw new DatabaseException("Abandoned uploads could not be looked up.", failure);
        }
    }

    private record Upload(UUID tenant, UUID version) {}
}
