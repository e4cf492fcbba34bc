package dev.taxon.serving.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.serving.fixture.ServerTest;
import dev.taxon.serving.tenant.Tenant;
import dev.taxon.serving.tenant.TenantKeys;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Transactions beside a database that goes away under them. */
@QuarkusTest
class TenantTransactionsIT extends ServerTest {

    @Inject
    TenantTransactions transactions;

    @Test
    void aDatabaseThatIsGoneBeforeTheCommitDidNotAnswer() {
        Tenant acme = new TenantKeys(dataSource).findOrCreate("acme");
        assertThatThrownBy(() -> transactions.run(
                        acme.id(),
                        () -> CompletableFuture.runAsync(endBackend(ownBackend()))
                                .join()))
                .isInstanceOf(DatabaseException.class)
                .hasMessage("The database did not answer.");
        assertThat(transactions.<Integer>in(acme.id(), this::ownBackend)).isPositive();
    }

    /** The process that serves the transaction of this thread. */
    private int ownBackend() {
        return transactions.sql(connection -> number(connection, "SELECT pg_backend_pid()"));
    }

    /** For a thread of its own: one with a transaction gets that transaction's connection. */
    private Runnable endBackend(int process) {
        return () -> {
            try (Connection other = dataSource.getConnection()) {
                assertThat(number(other, "SELECT pg_terminate_backend(" + process + ", 5000)::int"))
                        .isEqualTo(1);
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        };
    }

    private static int number(Connection connection, String query) throws SQLException {
        List<Integer> rows = Sql.query(connection, query, row -> row.getInt(1));
        return rows.get(0);
    }
}
