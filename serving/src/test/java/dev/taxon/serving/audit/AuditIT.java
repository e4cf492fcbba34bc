package dev.taxon.serving.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransaction;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.fixture.AdapterServerTest;
import dev.taxon.serving.fixture.Operators;
import dev.taxon.serving.fixture.Owner;
import dev.taxon.serving.fixture.TenantRows;
import dev.taxon.serving.tenant.Scope;
import dev.taxon.serving.tenant.TenantKeys;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Entries of the audit stand with what they tell of, or not at all. */
@QuarkusTest
class AuditIT extends AdapterServerTest {
    @Inject
    TenantTransactions transactions;

    @Inject
    Audit audit;

    private String name = "";
    private UUID tenant = new UUID(0, 0);

    @BeforeEach
    void makeTenant() {
        name = "audited-" + UUID.randomUUID();
        token = newKey(name, Scope.all()).token();
        tenant = new TenantKeys(dataSource).findOrCreate(name).id();
    }

    @Test
    void nothingIsToldOutsideOfTheTransactionThatDoesIt() {
        assertThatThrownBy(() -> audit.record("settings.put", "x")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void settingsAndTheirEntryAreOneTransaction() {
        assertThat(call("PUT", "/v1/settings", "{'feedback': true}").statusCode())
                .isEqualTo(200);

        assertThat(one("SELECT xmin::text FROM tenant_setting"))
                .isEqualTo(Owner.read("SELECT xmin::text FROM audit WHERE action = 'settings.put' AND tenant = ?", name)
                        .get(0));
    }

    @Test
    void aDeletionThatIsNotAtItsEndIsToldOf() {
        TenantRows.fill(transactions, tenant);

        HttpResponse<String> deleted = whileLocked(
                "SELECT 1 FROM dataset WHERE name = 'mails' FOR UPDATE",
                () -> call("DELETE", "/v1/datasets/mails/versions/1", ""),
                () -> {
                    assertThat(one("SELECT state FROM dataset_version")).isEqualTo("refused");
                    assertThat(entries()).containsExactly("dataset.version.delete mails@1");
                });

        assertThat(deleted.statusCode()).as(deleted.body()).isEqualTo(204);
        assertThat(entries()).containsExactly("dataset.version.delete mails@1");
    }

    @Test
    void aTenantThatIsBeingDeletedIsToldOf() {
        TenantRows.fill(transactions, tenant);
        String operator = Operators.token();

        HttpResponse<String> deleted = whileLocked(
                "SELECT 1 FROM dataset_chunk FOR UPDATE",
                () -> Operators.call(operator, "DELETE", "/v1/admin/tenants/" + name, ""),
                () -> {
                    assertThat(one("SELECT state FROM tenant WHERE id = current_tenant()"))
                            .isEqualTo("suspended");
                    assertThat(entries()).containsExactly("tenant.delete " + name);
                });

        assertThat(deleted.statusCode()).as(deleted.body()).isEqualTo(204);
    }

    @Test
    void theApplicationAddsToItInItsTenantsNameAndReadsNothing() {
        TenantTransaction application = new TenantTransaction(dataSource);
        String add = "INSERT INTO audit (tenant, actor, action) VALUES (?, 'key:x', 'settings.put')";

        for (String refused : List.of("SELECT * FROM audit", "DELETE FROM audit", "UPDATE audit SET tenant = 'acme'")) {
            assertThatThrownBy(() -> application.in(
                            tenant, connection -> connection.createStatement().execute(refused)))
                    .as(refused)
                    .hasMessageContaining("permission denied");
        }
        for (String foreign : new String[] {"acme", null}) {
            assertThatThrownBy(() -> application.in(tenant, connection -> Sql.update(connection, add, foreign)))
                    .as("in the name of " + foreign)
                    .hasMessageContaining("row-level security");
        }
    }

    /** Has a call stopped by somebody's lock, looks around meanwhile, and lets it go on. */
    private HttpResponse<String> whileLocked(String lock, Supplier<HttpResponse<String>> call, Runnable look) {
        try {
            return new TenantTransaction(dataSource)
                    .in(tenant, connection -> {
                        Sql.query(connection, lock, row -> true);
                        CompletableFuture<HttpResponse<String>> calling = CompletableFuture.supplyAsync(call);
                        eventually(() -> assertThat(entries()).isNotEmpty());
                        look.run();
                        assertThat(calling).isNotDone();
                        return calling;
                    })
                    .join();
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private List<String> entries() {
        return Owner.read("SELECT action || ' ' || subject FROM audit WHERE tenant = ? ORDER BY id", name);
    }

    private String one(String query) {
        return transactions.sql(
                tenant,
                connection ->
                        Sql.first(connection, query, row -> row.getString(1)).orElseThrow());
    }
}
