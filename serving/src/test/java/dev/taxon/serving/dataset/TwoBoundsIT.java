package dev.taxon.serving.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.database.Violation;
import dev.taxon.serving.fixture.ServerTest;
import dev.taxon.serving.tenant.TenantKeys;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Entities are bound to their tenant by Hibernate and by the database, each without the other. */
@QuarkusTest
class TwoBoundsIT extends ServerTest {
    @Inject
    TenantTransactions transactions;

    @Inject
    DatasetRepository datasets;

    private UUID acme = new UUID(0, 0);
    private UUID globex = new UUID(0, 0);

    @BeforeEach
    void findTenants() {
        TenantKeys keys = new TenantKeys(dataSource);
        acme = keys.findOrCreate("acme").id();
        globex = keys.findOrCreate("globex").id();
    }

    @Test
    void entitiesAreTheirTenantsAlone() {
        String name = store(acme);
        assertThat(transactions.in(acme, () -> datasets.findByName(name))).isPresent();
        assertThat(transactions.in(globex, () -> datasets.findByName(name))).isEmpty();
    }

    @Test
    void sqlWithoutAWordOfTenantsSeesItsTenantAlone() {
        String name = store(acme);
        List<String> own = transactions.sql(acme, TwoBoundsIT::names);
        List<String> others = transactions.sql(globex, TwoBoundsIT::names);
        assertThat(own).contains(name);
        assertThat(others).doesNotContain(name);
    }

    @Test
    void worksOnThreadsThatServeNoCall() {
        String name = CompletableFuture.supplyAsync(() -> store(acme)).join();
        assertThat(CompletableFuture.supplyAsync(() -> transactions.in(acme, () -> datasets.findByName(name)))
                        .join())
                .isPresent();
    }

    @Test
    void aFailureLeavesNothingBehind() {
        String name = "d" + UUID.randomUUID();
        assertThatThrownBy(() -> transactions.run(acme, () -> {
                    datasets.persistAndFlush(new DatasetEntity(UUID.randomUUID(), name, Instant.now()));
                    throw new IllegalStateException("after the row");
                }))
                .hasMessage("after the row");
        assertThat(transactions.in(acme, () -> datasets.findByName(name))).isEmpty();
    }

    @Test
    void tellsWhichConstraintStoodInTheWay() {
        String name = store(acme);
        assertThatThrownBy(() -> store(acme, name))
                .satisfies(failure -> assertThat(Violation.of(failure)).contains(Violation.UNIQUE));
    }

    private String store(UUID tenant) {
        return store(tenant, "d" + UUID.randomUUID());
    }

    private String store(UUID tenant, String name) {
        transactions.run(tenant, () -> datasets.persist(new DatasetEntity(UUID.randomUUID(), name, Instant.now())));
        return name;
    }

    private static List<String> names(Connection connection) throws SQLException {
        try (ResultSet rows = connection.createStatement().executeQuery("SELECT name FROM dataset")) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }
}
