package dev.taxon.serving.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.serving.database.DatabaseException;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransaction;
import dev.taxon.serving.fixture.ServerTest;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the application's role can and cannot do in the database, whatever the code above it does. */
@QuarkusTest
class IsolationIT extends ServerTest {

    @Test
    void seesNothingWithoutATenant() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            assertThat(count(connection, "tenant")).isZero();
            assertThat(count(connection, "api_key")).isZero();
        }
    }

    @Test
    void seesNothingOnAConnectionThatServedATenantBefore() throws SQLException {
        Tenant acme = new TenantKeys(dataSource).findOrCreate("acme");
        new TenantTransaction(dataSource).in(acme.id(), connection -> count(connection, "api_key"));
        for (int i = 0; i < 20; i++) {
            seesNothingWithoutATenant();
        }
    }

    @Test
    void seesTheRowsOfItsTenantAlone() throws SQLException {
        newKey("globex", Scope.all());
        Tenant acme = new TenantKeys(dataSource).findOrCreate("acme");
        TenantTransaction transaction = new TenantTransaction(dataSource);
        String foreign = "api_key WHERE tenant_id <> '" + acme.id() + "'";
        int own = transaction.in(acme.id(), connection -> count(connection, "api_key"));
        int others = transaction.in(acme.id(), connection -> count(connection, foreign));
        int tenants = transaction.in(acme.id(), connection -> count(connection, "tenant"));
        assertThat(own).isPositive();
        assertThat(others).isZero();
        assertThat(tenants).isEqualTo(1);
    }

    @Test
    void writesNothingForAnotherTenant() {
        Tenant acme = new TenantKeys(dataSource).findOrCreate("acme");
        Tenant globex = new TenantKeys(dataSource).findOrCreate("globex");
        String insert = "INSERT INTO api_key (id, tenant_id, secret_hash, scopes) VALUES ('0123456789abcdef', '"
                + globex.id() + "', sha256('x'), '{classify}')";
        assertThatThrownBy(() -> new TenantTransaction(dataSource)
                        .in(
                                acme.id(),
                                connection -> connection.createStatement().executeUpdate(insert)))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("row-level security");
    }

    @Test
    void revokesNoKeyOfAnotherTenant() {
        TenantKeys keys = new TenantKeys(dataSource);
        ApiKey theirs = newKey("globex", Scope.all());
        assertThat(keys.revokeKey(keys.findOrCreate("acme"), theirs.id())).isFalse();
        assertThat(new PostgresKeyDirectory(dataSource).find(theirs.id())).isPresent();
    }

    @Test
    void cannotChangeItsOwnBounds() throws SQLException {
        for (String attempt : new String[] {
            "ALTER TABLE api_key DISABLE ROW LEVEL SECURITY",
            "DROP POLICY own_keys ON api_key",
            "SET ROLE taxon_owner",
            "DELETE FROM api_key",
            "CREATE TABLE mine (id int)"
        }) {
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute(attempt)).as(attempt).isInstanceOf(SQLException.class);
            }
        }
    }

    /** Whatever its columns are called: what the application can reach is bound, or stands here as nobody's. */
    @Test
    void everythingThatTheApplicationCanReachIsIsolated() throws SQLException {
        String reachable = "SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace"
                + " AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT (c.relrowsecurity AND c.relforcerowsecurity)"
                + " AND (has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')"
                + " OR has_any_column_privilege(c.oid, 'SELECT, INSERT, UPDATE, REFERENCES'))";
        try (Connection connection = dataSource.getConnection()) {
            assertThat(Sql.query(connection, reachable, row -> row.getString(1)))
                    .as("nodes and what they answer by: ids and numbers, nothing that a tenant wrote")
                    .containsExactlyInAnyOrder("node", "deployment_acknowledgement");
        }
    }

    /** A table that a migration forgot to isolate fails here. */
    @Test
    void everyTableThatNamesATenantIsIsolated() throws SQLException {
        String bare =
                "(SELECT c.oid FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'"
                        + " WHERE c.relkind = 'r' AND NOT (c.relrowsecurity AND c.relforcerowsecurity))";
        String isolated = "(SELECT c.oid FROM pg_class c WHERE c.relkind = 'r' AND c.relforcerowsecurity)";
        try (Connection connection = dataSource.getConnection()) {
            assertThat(count(connection, bare + " bare")).isZero();
            assertThat(count(connection, isolated + " isolated")).isGreaterThan(20);
        }
    }

    /** As a constant the planner would look it up among those that it knows, see docs/adr/0014. */
    @Test
    void noPolicyTellsThePlannerWhoTheTenantIs() throws SQLException {
        String plain =
                "(SELECT 1 FROM pg_policies WHERE policyname LIKE 'own%' AND tablename NOT IN ('tenant', 'audit')"
                        + " AND NOT (qual ~* 'select' AND with_check ~* 'select'))";
        try (Connection connection = dataSource.getConnection()) {
            assertThat(count(connection, plain + " plain")).isZero();
            assertThat(count(connection, "pg_policies WHERE qual ~* 'select'")).isGreaterThan(20);
        }
    }

    @Test
    void everyFunctionThatLooksAcrossTenantsIsInTheArchitecture() throws Exception {
        String architecture = Files.readString(Path.of("..", "ARCHITECTURE.md"));
        String query = "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace";
        try (Connection connection = dataSource.getConnection()) {
            List<String> functions = Sql.query(connection, query, row -> row.getString(1));
            assertThat(functions).contains("find_api_key").allMatch(name -> architecture.contains("`" + name + "("));
        }
    }

    @Test
    void storesNoSecret() throws SQLException {
        ApiKey key = newKey("acme", Scope.all());
        Tenant acme = new TenantKeys(dataSource).findOrCreate("acme");
        String row = new TenantTransaction(dataSource).in(acme.id(), connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT k::text FROM api_key k WHERE id = ?")) {
                statement.setString(1, key.id());
                ResultSet rows = statement.executeQuery();
                rows.next();
                return rows.getString(1);
            }
        });
        assertThat(row).contains(key.id()).doesNotContain(key.secret());
    }

    @Test
    void makesATenantOfANameOnce() {
        TenantKeys keys = new TenantKeys(dataSource);
        Tenant first = keys.findOrCreate("initech");
        assertThat(keys.findOrCreate("initech")).isEqualTo(first);
        assertThat(keys.find("initech")).contains(first);
        assertThat(keys.find("nobody")).isEqualTo(Optional.empty());
        assertThatThrownBy(() -> keys.findOrCreate("no good")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> keys.createKey(new Tenant(UUID.randomUUID(), "ghost"), Scope.all()))
                .isInstanceOf(DatabaseException.class);
    }

    private static int count(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
