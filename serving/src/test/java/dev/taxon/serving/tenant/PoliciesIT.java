package dev.taxon.serving.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransaction;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.fixture.ServerTest;
import dev.taxon.serving.fixture.TenantContents;
import dev.taxon.serving.fixture.TenantRows;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the policies of every table let a tenant's transaction do with another tenant's rows, by plain SQL: nothing. */
@QuarkusTest
class PoliciesIT extends ServerTest {
    private static final String NOT_ALLOWED = "42501";

    /** Of no tenant, hence without a column for one; whatever else is without fails here. */
    private static final List<String> OF_NO_TENANT =
            List.of("tenant", "audit", "operator_key", "node", "deployment_acknowledgement", "flyway_schema_history");

    @Inject
    TenantTransactions transactions;

    private UUID own = new UUID(0, 0);
    private UUID foreign = new UUID(0, 0);
    private List<String> tables = List.of();

    @BeforeEach
    void fillTwoTenants() {
        own = filled();
        foreign = filled();
        tables = TenantContents.tables(dataSource);
    }

    private UUID filled() {
        String name = "policies-" + UUID.randomUUID();
        newKey(name, Scope.all());
        UUID tenant = new TenantKeys(dataSource).findOrCreate(name).id();
        TenantRows.fill(transactions, tenant);
        return tenant;
    }

    @Test
    void everyTableHasATenantOrIsKnownToHaveNone() throws SQLException {
        List<String> others = as(
                own,
                "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')");
        others.removeAll(tables);

        assertThat(tables).hasSizeGreaterThan(20);
        assertThat(others).containsExactlyInAnyOrderElementsOf(OF_NO_TENANT);
    }

    @Test
    void showNoRowOfAnother() throws SQLException {
        for (String table : tables) {
            assertThat(as(own, "SELECT DISTINCT tenant_id FROM " + table))
                    .as(table)
                    .containsExactly(own.toString());
            assertThat(as(foreign, "SELECT DISTINCT tenant_id FROM " + table))
                    .as(table)
                    .containsExactly(foreign.toString());
        }
    }

    @Test
    void letNoRowOfAnotherBeChangedOrDeleted() throws SQLException {
        Map<String, String> before = contents();
        String theirs = " WHERE tenant_id = '" + foreign + "'";
        for (String table : tables) {
            assertThat(attempt("UPDATE " + table + " SET tenant_id = '" + own + "'" + theirs))
                    .as("changed in " + table)
                    .isEqualTo("0");
            assertThat(attempt("DELETE FROM " + table + theirs))
                    .as("deleted from " + table)
                    .isIn("0", NOT_ALLOWED);
        }
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void letNothingBeMadeAnothers() throws SQLException {
        Map<String, String> before = contents();
        String asTheirs = "jsonb_build_object('tenant_id', '" + foreign + "')";
        for (String table : tables) {
            // A row that would be theirs: a copy of an own one, as policies are asked before keys are.
            assertThat(attempt("INSERT INTO " + table + " OVERRIDING SYSTEM VALUE SELECT (jsonb_populate_record(own, "
                            + asTheirs + ")).* FROM " + table + " own LIMIT 1"))
                    .as("inserted into " + table)
                    .isEqualTo(NOT_ALLOWED);
            assertThat(attempt("UPDATE " + table + " SET tenant_id = '" + foreign + "'"))
                    .as("given away in " + table)
                    .isEqualTo(NOT_ALLOWED);
        }
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void letNoTenantButItselfBeSeenOrChanged() throws SQLException {
        String theirs = " WHERE id = '" + foreign + "'";
        assertThat(as(own, "SELECT id FROM tenant")).containsExactly(own.toString());
        assertThat(attempt("UPDATE tenant SET state = 'suspended'" + theirs)).isEqualTo("0");
        assertThat(attempt("DELETE FROM tenant" + theirs)).isEqualTo("0");
        assertThat(attempt("INSERT INTO tenant (id, name) VALUES (gen_random_uuid(), 'another')"))
                .isEqualTo(NOT_ALLOWED);
        assertThat(as(foreign, "SELECT state FROM tenant")).containsExactly("active");
    }

    /** How many rows a statement changed as the first tenant, or the SQL state that it failed with. */
    private String attempt(String statement) {
        try {
            return Integer.toString(
                    new TenantTransaction(dataSource).in(own, connection -> Sql.update(connection, statement)));
        } catch (SQLException refused) {
            return refused.getSQLState();
        }
    }

    private List<String> as(UUID tenant, String query) throws SQLException {
        return new ArrayList<>(new TenantTransaction(dataSource)
                .in(tenant, connection -> Sql.query(connection, query, row -> row.getString(1))));
    }

    private Map<String, String> contents() {
        return TenantContents.of(dataSource, foreign);
    }
}
