package dev.taxon.serving.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.serving.database.Sql;
import dev.taxon.serving.fixture.Owner;
import dev.taxon.serving.tenant.TenantKeys;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a tenant costs that came after the database's last look at its tables: to the planner it may own
 * next to nothing, and each row that is looked for must not be looked for among all that it owns.
 */
@QuarkusTest
class UnknownTenantIT extends DatasetServerTest {
    private static final int ROWS = 2_000;

    /** Fetched so far, by any way of reading; a counter of the connection. */
    private static final String FETCHED = "SELECT coalesce(sum(seq_tup_read + idx_tup_fetch), 0)"
            + " FROM pg_stat_xact_user_tables WHERE relname = ANY (string_to_array(?, ' '))";

    private static final String DATASET = "INSERT INTO dataset (id, name) VALUES (gen_random_uuid(), 'many')";
    private static final String DATASET_VERSION = "INSERT INTO dataset_version (id, dataset_id, state, source)"
            + " SELECT ?::uuid, id, 'receiving', 'upload' FROM dataset";
    private static final String DATASET_ROWS = "INSERT INTO dataset_row (dataset_id, digest, text, true_labels)"
            + " SELECT d.id, sha256(i::text::bytea), 'text', '{a}' FROM dataset d, generate_series(1, " + ROWS + ") i";
    private static final String PLACES = "INSERT INTO dataset_version_row (version_id, position, row_id)"
            + " SELECT ?::uuid, row_number() OVER (), id FROM dataset_row";
    private static final String KEYS = "INSERT INTO idempotency (key, request_hash, abandoned_at)"
            + " SELECT lpad(i::text, 250, '0'), sha256('r'), now() FROM generate_series(1, " + ROWS + ") i";
    private static final String TEXTS = "INSERT INTO captured_text (request_id, index, labels, predicted)"
            + " SELECT lpad(i::text, 250, '0'), 0, '{a}', '{a}' FROM generate_series(1, " + ROWS + ") i";

    private final UUID version = UUID.randomUUID();

    /** Another tenant has rows, and is all that the database knows of tenants. */
    @BeforeEach
    void arrive() throws SQLException {
        fill(
                new TenantKeys(dataSource)
                        .findOrCreate("early" + UUID.randomUUID())
                        .id(),
                UUID.randomUUID());
        try (Connection owner = Owner.dataSource().getConnection();
                Statement statement = owner.createStatement()) {
            statement.execute("ANALYZE");
        }
        tenant = new TenantKeys(dataSource)
                .findOrCreate("late" + UUID.randomUUID())
                .id();
        fill(tenant, version);
    }

    @Test
    void readsEachRowOfAVersionOnce() {
        AtomicInteger rows = new AtomicInteger();
        long fetched = fetched(
                "dataset_row dataset_version_row",
                connection -> RowCursor.read(connection, version, 0, ROWS, row -> rows.incrementAndGet() > 0));
        assertThat(rows).hasValue(ROWS);
        assertThat(fetched).isLessThan(50L * ROWS);
    }

    @Test
    void removesEachRowOfAVersionOnce() {
        long fetched = fetched(
                "dataset_row dataset_version_row",
                connection ->
                        assertThat(RowRemoval.removeSome(connection, version)).isTrue());
        assertThat(count("dataset_row", "true")).isZero();
        assertThat(fetched).isLessThan(50L * ROWS);
    }

    @Test
    void findsAKeyAndATextAmongMany() {
        long fetched = fetched("idempotency captured_text", connection -> {
            assertThat(found(connection, "idempotency WHERE key = lpad('7', 250, '0')"))
                    .isOne();
            assertThat(found(connection, "captured_text WHERE request_id = lpad('7', 250, '0') AND index = 0"))
                    .isOne();
        });
        assertThat(fetched).isLessThanOrEqualTo(2);
    }

    private void fill(UUID owner, UUID ofDataset) {
        transactions.sql(owner, connection -> {
            Sql.update(connection, DATASET);
            Sql.update(connection, DATASET_VERSION, ofDataset);
            Sql.update(connection, DATASET_ROWS);
            Sql.update(connection, PLACES, ofDataset);
            return Sql.update(connection, KEYS) + Sql.update(connection, TEXTS);
        });
    }

    private static long found(Connection connection, String rows) throws SQLException {
        return Sql.first(connection, "SELECT count(*) FROM " + rows, row -> row.getLong(1))
                .orElseThrow();
    }

    /** What a piece of work does on a connection of the late tenant's. */
    @FunctionalInterface
    private interface Work {
        void on(Connection connection) throws SQLException;
    }

    /** How many rows of the tables the work fetches. The counter may hold what the connection did before. */
    private long fetched(String tables, Work work) {
        return transactions.sql(tenant, connection -> {
            long before = fetched(connection, tables);
            work.on(connection);
            return fetched(connection, tables) - before;
        });
    }

    private static long fetched(Connection connection, String tables) throws SQLException {
        return Sql.first(connection, FETCHED, row -> row.getLong(1), tables).orElseThrow();
    }
}
