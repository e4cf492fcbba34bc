package dev.taxon.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransaction;
import dev.taxon.serving.fixture.AdapterServerTest;
import dev.taxon.serving.fixture.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Callers who hang up before their call has got anywhere. */
@QuarkusTest
class HungUpIT extends AdapterServerTest {
    /** As many as a tenant may have at a time. */
    private static final int DOWNLOADS = 8;

    @Test
    void keepNoPlaceOfADownload() throws SQLException {
        String path = "/v1/adapters/" + newAdapter(1) + "/versions/1/export";
        new TenantTransaction(dataSource).in(acme(), connection -> {
            // Nobody reads versions now, so that calls stand still where they look theirs up.
            Sql.update(connection, "LOCK TABLE adapter_version IN ACCESS EXCLUSIVE MODE");
            for (int i = 0; i < DOWNLOADS; i++) {
                hangUpOnceItWaits(connection, path, i + 1);
            }
            return true;
        });

        eventually(() -> assertThat(call("GET", path, "").statusCode()).isEqualTo(200));
    }

    private void hangUpOnceItWaits(Connection connection, String path, int calls) {
        try (RawHttp caller = new RawHttp()) {
            caller.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token, "");
            eventually(() -> assertThat(waiting(connection)).isGreaterThanOrEqualTo(calls));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static long waiting(Connection connection) {
        String query = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'adapter_version'::regclass";
        try {
            return Sql.first(connection, query, row -> row.getLong(1)).orElseThrow();
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }
}
