package dev.taxon.serving.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.fixture.PackagedServer;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.fixture.TraceCollector;
import dev.taxon.serving.fixture.TracedSpan;
import dev.taxon.serving.postgres.EmbeddedPostgres;
import dev.taxon.serving.tenant.Scope;
import dev.taxon.serving.tenant.TenantKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What a packaged server, api and worker in one, writes into its log and traces; and that no text of a customer's gets out. */
class PackagedLogIT {
    private static final Path MODEL = Path.of("../core/src/test/resources/oracle/bert-simple-first");
    private static final Path LOG = Path.of("target/packaged-log.log").toAbsolutePath();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder = Path.of("");

    private static final TraceCollector TRACES = new TraceCollector();

    private static EmbeddedPostgres database;
    private static PackagedServer server;
    private static String key = "";
    private static UUID tenant = new UUID(0, 0);
    private static MarkedTenant marked;

    @BeforeAll
    static void doEverything() throws IOException {
        database = EmbeddedPostgres.start(folder);
        Files.deleteIfExists(LOG);
        Map<String, String> settings = PackagedServer.settings(LOG, MODEL);
        settings.put("TAXON_WEBHOOKS_ALLOW_PRIVATE", "true");
        settings.put("QUARKUS_OTEL_SDK_DISABLED", "false");
        settings.put("QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT", TRACES.endpoint());
        settings.put("QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "200ms");
        server = PackagedServer.start(database, LOG, settings).awaitReady();
        TenantKeys keys = new TenantKeys(source(database.applicationUser(), database.applicationPassword()));
        tenant = keys.findOrCreate("acme").id();
        key = keys.createKey(keys.findOrCreate("acme"), Scope.all()).token();
        marked = new MarkedTenant(server, key);
        new Sweep(marked).everything();
    }

    @AfterAll
    static void stopServer() {
        server.close();
        database.close();
        TRACES.close();
    }

    @Test
    void everyLineIsJsonAndThoseOfAFailedCallNameItAndItsTenant() throws IOException, SQLException {
        Problem problem = callThatBreaks();

        List<JsonNode> lines = lines();
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.path("timestamp").asText()).isNotEmpty();
            assertThat(line.path("level").asText()).isNotEmpty();
            assertThat(line.path("message").asText()).isNotEmpty();
        });
        assertThat(lines)
                .filteredOn(line ->
                        line.path("mdc").path(LogFields.REQUEST_ID).asText().equals(problem.requestId()))
                .isNotEmpty()
                .allSatisfy(line -> {
                    assertThat(line.path("mdc").path(LogFields.TENANT).asText()).isEqualTo(tenant.toString());
                    assertThat(line.path("level").asText()).isEqualTo("ERROR");
                    assertThat(line.path("message").asText()).contains("SQLSTATE 42501");
                });
    }

    /** The application may no longer read a table, which nobody foresaw. */
    private static Problem callThatBreaks() throws SQLException {
        String role = database.applicationUser();
        try (Connection owner =
                source(database.ownerUser(), database.ownerPassword()).getConnection()) {
            Sql.update(owner, "REVOKE SELECT ON webhook FROM " + role);
            try {
                return Problems.expect(ErrorCode.INTERNAL, server.call(key, "GET", "/v1/webhooks", ""));
            } finally {
                Sql.update(owner, "GRANT SELECT ON webhook TO " + role);
            }
        }
    }

    private static List<JsonNode> lines() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(LOG)) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    @Test
    void nothingOfItIsInLogs() throws IOException {
        assertThat(Files.readString(LOG)).contains("Job ").doesNotContainIgnoringCase(MarkedTenant.WORD);
        assertThat(Files.readString(folder.resolve("logs/postgres.log")))
                .isNotEmpty()
                .doesNotContainIgnoringCase(MarkedTenant.WORD);
    }

    @Test
    void nothingOfItIsInMetrics() {
        assertThat(server.call(key, "GET", "/q/metrics", "").body())
                .contains("taxon_rows_total", "/v1/classify")
                .doesNotContainIgnoringCase(MarkedTenant.WORD);
    }

    @Test
    void aTraceLeadsFromACallToTheBatchOnTheDevice() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        server.call(
                key,
                "POST",
                "/v1/classify",
                "{'texts': ['quagga one', 'quagga two'], 'labels': ['quagga a', 'quagga b']}",
                "traceparent",
                "00-" + trace + "-00f067aa0ba902b7-01");

        TracedSpan call = TRACES.await(span -> span.trace().equals(trace));
        TracedSpan batch = TRACES.await(span -> span.links().contains(call.id()));

        assertThat(call.name()).isEqualTo("POST /v1/classify");
        assertThat(call.kind()).isEqualTo(TracedSpan.SERVER);
        assertThat(call.parent()).isEqualTo("00f067aa0ba902b7");
        assertThat(call.attributes())
                .containsEntry("http.request.method", "POST")
                .containsEntry("http.route", "/v1/classify")
                .containsEntry("url.path", "/v1/classify")
                .containsEntry("http.response.status_code", 200L);
        assertThat(batch.name()).isEqualTo("taxon.batch");
        assertThat(batch.parent()).isEmpty();
        assertThat(batch.trace()).isNotEqualTo(trace);
        assertThat(batch.attributes())
                .containsOnlyKeys("taxon.rows", "taxon.tokens")
                .extractingByKey("taxon.rows")
                .isIn(1L, 2L);
        assertThat(batch.startNanos()).isBetween(call.startNanos(), call.endNanos());
        assertThat(batch.endNanos()).isBetween(batch.startNanos(), call.endNanos());
    }

    @Test
    void nothingOfItIsInTraces() {
        TRACES.await(span -> span.name().equals("POST /v1/adapters/{name}/versions"));
        assertThat(TRACES.spans())
                .hasSizeGreaterThan(40)
                .anyMatch(span -> Long.valueOf(400).equals(span.attributes().get("http.response.status_code")));
        assertThat(TRACES.exported())
                .doesNotContainIgnoringCase(MarkedTenant.WORD)
                // Of what nobody foresaw, too: messages of exceptions may quote anything.
                .doesNotContain("exception.message", "exception.stacktrace");
    }

    @Test
    void nothingOfItIsInProblemsAndEvents() {
        assertThat(marked.told())
                .hasSizeGreaterThan(40)
                .anyMatch(told -> told.contains("\"malformed_json\""))
                .anyMatch(told -> told.contains("event:state"))
                .filteredOn(told -> told.toLowerCase(Locale.ROOT).contains(MarkedTenant.WORD))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"job_event", "webhook_delivery", "audit_entries(NULL, 0, 1000)"})
    void nothingOfItIsInTablesThatTellWhatHappened(String table) throws SQLException {
        assertThat(rows(table)).isNotEmpty().noneMatch(row -> row.contains(MarkedTenant.WORD));
    }

    /** Or the tests above would find nothing because there was nothing. */
    @Test
    void itIsWhereItBelongs() throws SQLException {
        assertThat(marked.get("/v1/datasets/mails/versions/1/rows").toString()).contains(MarkedTenant.WORD);
        assertThat(rows("dataset_row")).anyMatch(row -> row.contains(MarkedTenant.WORD));
    }

    private static List<String> rows(String table) throws SQLException {
        try (Connection connection = source(database.applicationUser(), database.applicationPassword())
                .getConnection()) {
            Sql.query(connection, "SELECT set_config('app.tenant', ?, false)", row -> "", tenant.toString());
            return Sql.query(connection, "SELECT t::text FROM " + table + " t", row -> row.getString(1));
        }
    }

    private static PGSimpleDataSource source(String user, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.jdbcUrl());
        source.setUser(user);
        source.setPassword(password);
        return source;
    }
}
