package dev.taxon.serving.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.PackagedServer;
import dev.taxon.serving.postgres.EmbeddedPostgres;
import dev.taxon.serving.tenant.Scope;
import dev.taxon.serving.tenant.TenantKeys;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** The packaged server, asked to stop (SIGTERM) while it classifies: what it began it ends, and then it is gone. */
class CallsUnderWayIT {
    private static final int SAMPLE = 24;
    private static final int MOST_TEXTS = 1_000;
    /** Longer than the second for which a node that drains still takes calls, and shorter than what it gives those it has. */
    private static final Duration LONG_CALL = Duration.ofSeconds(5);
    /** A second of taking calls, ten of ending them, and some for the process itself. */
    private static final Duration GONE_WITHIN = Duration.ofSeconds(15);

    private static final int REFUSED_CONNECTION = 0;

    @TempDir
    Path folder = Path.of("");

    private EmbeddedPostgres database;
    private PackagedServer server;
    private String key = "";

    @BeforeEach
    void startServer() throws IOException {
        database = EmbeddedPostgres.start(folder);
        Path log = Path.of("target/calls-under-way.log").toAbsolutePath();
        Files.deleteIfExists(log);
        server = PackagedServer.start(database, log, Map.of("TAXON_ROLES", "api"))
                .awaitReady();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.jdbcUrl());
        source.setUser(database.applicationUser());
        source.setPassword(database.applicationPassword());
        TenantKeys keys = new TenantKeys(source);
        key = keys.createKey(keys.findOrCreate("acme"), Scope.all()).token();
    }

    @AfterEach
    void stopServer() {
        server.close();
        database.close();
    }

    @Test
    void areAnsweredAndThenNoOthers() throws InterruptedException {
        int texts = textsThatTake(LONG_CALL);
        CompletableFuture<HttpResponse<String>> underWay = classify(texts);
        Thread.sleep(LONG_CALL.toMillis() / 10);
        assertThat(underWay).as("under way").isNotDone();

        long stopped = System.nanoTime();
        server.stop();

        assertThat(underWay).as("still under way").isNotDone();
        HttpResponse<String> answer = underWay.join();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(Http.json(answer).get("results")).hasSize(texts);
        awaitRefusal(stopped);
        assertThat(server.awaitEnd()).isIn(0, 143);
        assertThat(Duration.ofNanos(System.nanoTime() - stopped)).isLessThan(GONE_WITHIN);
    }

    /** How many texts keep the server busy for so long, by what it does with a few. */
    private int textsThatTake(Duration duration) {
        double fastest = Double.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            long start = System.nanoTime();
            assertThat(classify(SAMPLE).join().statusCode()).isEqualTo(200);
            fastest = Math.min(fastest, System.nanoTime() - start);
        }
        return (int) Math.min(MOST_TEXTS, Math.max(SAMPLE, SAMPLE * duration.toNanos() / fastest));
    }

    private CompletableFuture<HttpResponse<String>> classify(int texts) {
        String text = "'" + "where is my parcel ".repeat(60) + "'";
        return server.callLater(
                key,
                "POST",
                "/v1/classify",
                "{'labels': ['billing', 'delivery'], 'texts': [" + String.join(", ", Collections.nCopies(texts, text))
                        + "]}");
    }

    private void awaitRefusal(long stopped) throws InterruptedException {
        int status = statusOfALaterCall();
        while (status == 200) {
            assertThat(Duration.ofNanos(System.nanoTime() - stopped))
                    .as("still takes calls")
                    .isLessThan(GONE_WITHIN);
            Thread.sleep(50);
            status = statusOfALaterCall();
        }
        assertThat(status).isIn(503, REFUSED_CONNECTION);
    }

    private int statusOfALaterCall() {
        try {
            return server.call(key, "GET", "/v1/models", "").statusCode();
        } catch (CompletionException failed) {
            assertThat(failed).hasCauseInstanceOf(IOException.class);
            return REFUSED_CONNECTION;
        }
    }
}
