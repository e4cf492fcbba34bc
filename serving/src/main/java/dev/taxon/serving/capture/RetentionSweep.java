package dev.taxon.serving.capture;

import dev.taxon.serving.config.Role;
import dev.taxon.serving.config.TaxonSettings;
import dev.taxon.serving.database.DatabaseException;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
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

/** Deletes what tenants wanted to be kept no longer, in small transactions. */
@Singleton
final class RetentionSweep {
    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final int ROWS_A_TRANSACTION = 1_000;
    private static final String EXPIRED = "SELECT tenant_id, retention_days FROM expired_tenants(1000)";

    private final DataSource dataSource;
    private final TenantTransactions transactions;
    private @Nullable PeriodicTask task;

    RetentionSweep(DataSource dataSource, TenantTransactions transactions) {
        this.dataSource = dataSource;
        this.transactions = transactions;
    }

    void start(@Observes StartupEvent event, TaxonSettings settings) {
        if (settings.roles().contains(Role.API)) {
            task = PeriodicTask.start("retention", PAUSE, this::run);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (task != null) {
            task.close();
        }
    }

    void run() {
        for (Keeper keeper : expired()) {
            delete(keeper, "captured_text");
            delete(keeper, "feedback");
        }
    }

    private record Keeper(UUID tenant, int days) {}

    private List<Keeper> expired() {
        try (Connection connection = dataSource.getConnection()) {
            return Sql.query(connection, EXPIRED, row -> new Keeper(row.getObject(1, UUID.class), row.getInt(2)));
        } catch (SQLException failure) {
            throw new DatabaseException("Tenants with expired texts could not be looked up.", failure);
        }
    }

    private void delete(Keeper keeper, String table) {
        String delete = "DELETE FROM " + table + " WHERE (request_id, index) IN (SELECT request_id, index FROM " + table
                + " WHERE at < now() - make_interval(days => ?) LIMIT " + ROWS_A_TRANSACTION + ")";
        int deleted = ROWS_A_TRANSACTION;
        while (deleted == ROWS_A_TRANSACTION) {
            deleted = transactions.sql(keeper.tenant(), connection -> Sql.update(connection, delete, keeper.days()));
        }
    }
}
