package dev.taxon.serving.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.batching.OverloadedException;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.fixture.AdapterServerTest;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.fixture.RawHttp;
import dev.taxon.serving.http.CallRoom;
import dev.taxon.serving.queue.Jobs;
import dev.taxon.serving.tenant.Scope;
import dev.taxon.serving.tenant.TenantKeys;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.resteasy.reactive.server.jaxrs.SseImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callers that take their time over what is streamed to them. */
@QuarkusTest
class SlowReadersIT extends AdapterServerTest {
    private static final int EVENTS = 1_200;
    private static final int EVENTS_AT_A_TIME = 500;
    private static final int DOWNLOADS = 8;

    @Inject
    TenantTransactions transactions;

    @Inject
    Jobs jobs;

    private final UUID job = UUID.randomUUID();
    private UUID tenant = new UUID(0, 0);

    @BeforeEach
    void makeJob() {
        String name = "slow-" + UUID.randomUUID();
        tenant = new TenantKeys(dataSource).findOrCreate(name).id();
        token = newKey(name, Scope.all()).token();
        update("INSERT INTO job (id, kind, state, request, result, ended_at) VALUES (?, 'classify', 'succeeded', '{}',"
                + " '{}', now())");
        update("INSERT INTO job_event (job_id, number, kind, data) SELECT ?, i, 'step', '{}' FROM generate_series(1, "
                + EVENTS + ") i");
    }

    @Test
    void whoHasNotReadWhatWasSentIsSentNoMoreUntilThen() {
        EventStreams streams = new EventStreams(jobs, new CallRoom("streams of events", 1, 1), Duration.ofMinutes(1));
        Reader reader = new Reader();

        streams.open(stream(reader));
        eventually(() -> assertThat(reader.sent).hasValue(EVENTS_AT_A_TIME));
        assertThat(reader.isClosed()).isFalse();
        reader.readAll();
        eventually(() -> assertThat(reader.sent).hasValue(2 * EVENTS_AT_A_TIME));
        reader.readAll();

        eventually(() -> assertThat(reader.sent).hasValue(EVENTS));
        eventually(() -> assertThat(reader.isClosed()).isTrue());
        streams.stop();
    }

    @Test
    void whoReadsNothingForLongIsLetGoAndMakesRoom() {
        EventStreams streams = new EventStreams(jobs, new CallRoom("streams of events", 1, 1), Duration.ofMillis(50));
        Reader reader = new Reader();

        streams.open(stream(reader));
        eventually(() -> assertThat(reader.isClosed()).isTrue());

        assertThat(reader.sent).hasValue(EVENTS_AT_A_TIME);
        Reader another = new Reader();
        streams.open(stream(another));
        eventually(() -> assertThat(another.sent).hasValue(EVENTS_AT_A_TIME));
        streams.stop();
    }

    @Test
    void whereNothingHappensForLongACommentSaysThatTheConnectionIsThere() {
        update("UPDATE job SET state = 'running', ended_at = NULL WHERE id = ?");
        AtomicLong now = new AtomicLong();
        Reader reader = new Reader();
        EventStream stream = new EventStream(tenant, job, EVENTS, reader, new SseImpl(), now::get);

        assertThat(stream.goOn(jobs)).isTrue();
        assertThat(reader.sent).hasValue(0);
        now.addAndGet(Duration.ofSeconds(16).toNanos());
        assertThat(stream.goOn(jobs)).isTrue();
        assertThat(reader.sent).hasValue(1);
        assertThat(stream.goOn(jobs)).isTrue();
        assertThat(reader.sent).hasValue(1);
        // No worker of another test comes upon it.
        update("UPDATE job SET state = 'succeeded', ended_at = now() WHERE id = ?");
    }

    @Test
    void moreWatchersThanThereIsRoomForAreRefused() {
        EventStreams streams = new EventStreams(jobs, new CallRoom("streams of events", 1, 1), Duration.ofMinutes(1));
        streams.open(stream(new Reader()));

        assertThatThrownBy(() -> streams.open(stream(new Reader()))).hasMessageContaining("1 streams of events");
        assertThatThrownBy(() -> streams.open(
                        new EventStream(UUID.randomUUID(), job, 0, new Reader(), new SseImpl(), System::nanoTime)))
                .isInstanceOf(OverloadedException.class);
        streams.stop();
    }

    @Test
    void slowDownloadsAreBoundedAndOthersAreAnswered() throws IOException {
        update("INSERT INTO job_result_chunk (job_id, position, data) SELECT ?, i,"
                + " convert_to(repeat('a', 1048575) || chr(10), 'UTF8') FROM generate_series(0, 39) i");
        String path = "/v1/jobs/" + job + "/result";
        List<RawHttp> slow = new ArrayList<>();
        for (int i = 0; i < DOWNLOADS; i++) {
            RawHttp connection = new RawHttp();
            connection.sendHead("GET " + path + " HTTP/1.1\r\nHost: taxon\r\nAuthorization: Bearer " + token);
            assertThat(connection.answerUpTo("aaa")).contains(" 200 ");
            slow.add(connection);
        }

        HttpResponse<String> refused = call("GET", path, "");

        Problems.expect(ErrorCode.QUOTA_EXCEEDED, refused);
        assertThat(refused.headers().firstValue("Retry-After")).contains("2");
        assertThat(Http.send(Http.classify(token, "{\"texts\": [\"t\"], \"labels\": [\"a\"]}"))
                        .statusCode())
                .isEqualTo(200);
        for (RawHttp connection : slow) {
            connection.close();
        }
        eventually(() -> assertThat(call("GET", path, "").statusCode()).isEqualTo(200));
    }

    private EventStream stream(Reader reader) {
        return new EventStream(tenant, job, 0, reader, new SseImpl(), System::nanoTime);
    }

    private void update(String statement) {
        transactions.sql(tenant, connection -> Sql.update(connection, statement, job));
    }

    /** The end of a connection whose caller reads when the test says so. */
    private static final class Reader implements SseEventSink {
        final AtomicInteger sent = new AtomicInteger();
        private volatile CompletableFuture<?> read = new CompletableFuture<>();
        private volatile boolean closed;

        @Override
        public boolean isClosed() {
            return closed;
        }

        @Override
        public CompletionStage<?> send(OutboundSseEvent event) {
            sent.incrementAndGet();
            return read;
        }

        void readAll() {
            CompletableFuture<?> before = read;
            read = new CompletableFuture<>();
            before.complete(null);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
