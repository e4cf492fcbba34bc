package dev.taxon.serving.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.sdk.wire.QuotaLimits;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.fixture.AdapterServerTest;
import dev.taxon.serving.fixture.AdapterZips;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.TenantRows;
import dev.taxon.serving.tenant.Scope;
import dev.taxon.serving.tenant.TenantKeys;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a tenant may have is counted in the database, whoever adds to it at the same moment. */
@QuarkusTest
class HoldingsIT extends AdapterServerTest {
    private static final int CALLERS = 16;
    private static final String ROWS =
            "{\"text\": \"a goal\", \"label\": \"sports\"}\n{\"text\": \"a share\", \"label\": \"business\"}\n";

    @Inject
    TenantTransactions transactions;

    @Inject
    QuotaStore store;

    @Inject
    Holdings holdings;

    @Inject
    Quotas quotas;

    @Inject
    MeterRegistry registry;

    private UUID tenant = new UUID(0, 0);

    @BeforeEach
    void makeTenant() {
        String name = "holds-" + UUID.randomUUID();
        token = newKey(name, Scope.all()).token();
        tenant = new TenantKeys(dataSource).findOrCreate(name).id();
        // Has a data set that is ready, an adapter, and a job that has ended.
        TenantRows.fill(transactions, tenant);
    }

    @Test
    void manyWhoAskForJobsAtOnceGetAsManyAsThereMayBe() {
        limit(null, null, 3L);
        double before = refusals();
        String request = "{\"kind\": \"evaluate\", \"dataset\": \"mails\"}";

        List<HttpResponse<String>> answers =
                atOnce(caller -> to("/v1/jobs", "application/json").POST(BodyPublishers.ofString(request)));

        refusesAllBut(3, answers, "3 unfinished jobs");
        assertThat(refusals()).isEqualTo(before + CALLERS - 3);
        assertThat(count("job WHERE ended_at IS NULL")).isEqualTo(3);
    }

    @Test
    void manyWhoImportAdaptersAtOnceGetAsManyAsThereMayBe() {
        limit(3L, null, null);
        byte[] zip = AdapterZips.of(1, LABELS);

        List<HttpResponse<String>> answers =
                atOnce(caller -> to("/v1/adapters/" + "other-" + caller + "/versions", "application/zip")
                        .POST(BodyPublishers.ofByteArray(zip)));

        refusesAllBut(2, answers, "3 adapters");
        assertThat(count("adapter")).isEqualTo(3);
    }

    @Test
    void manyWhoUploadAtOnceStoreAsMuchAsThereMayBe() {
        limit(null, 4L * ROWS.length(), null);

        List<HttpResponse<String>> answers = atOnce(
                caller -> to("/v1/datasets/mails/versions", "application/jsonl").POST(BodyPublishers.ofString(ROWS)));

        refusesAllBut(4, answers, "of the " + 4 * ROWS.length() + " bytes");
        assertThat(count("dataset_version WHERE state = 'receiving'")).isZero();
        assertThat(count("dataset_version WHERE number > 1")).isEqualTo(4);
    }

    @Test
    @Timeout(60)
    void aFileThatIsStillOnItsWayTakesRoomToo() throws Exception {
        // Twice what is stored at a time: clients read ahead of what they send.
        byte[] file = ROWS.repeat((2 << 20) / ROWS.length()).getBytes(StandardCharsets.UTF_8);
        limit(null, file.length + 1_000L, null);
        CountDownLatch rest = new CountDownLatch(1);
        // Of its own, since it keeps its connection.
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        CompletableFuture<HttpResponse<String>> slow = client.sendAsync(
                to("/v1/datasets/mails/versions", "application/jsonl")
                        .POST(BodyPublishers.ofInputStream(
                                () -> new SequenceInputStream(new ByteArrayInputStream(file), new LateEnd(rest))))
                        .build(),
                BodyHandlers.ofString());
        while (count("dataset_version WHERE state = 'receiving' AND bytes > 0") == 0) {
            Thread.sleep(20);
        }

        HttpResponse<String> other = Http.sendLater(to("/v1/datasets/mails/versions", "application/jsonl")
                        .POST(BodyPublishers.ofByteArray(file, 0, 3 << 19)))
                .join();
        rest.countDown();

        assertThat(other.statusCode()).as(other.body()).isEqualTo(429);
        assertThat(slow.join().statusCode()).isEqualTo(201);
    }

    /** Nothing more, but not before the latch is open. */
    private static final class LateEnd extends InputStream {
        private final CountDownLatch open;

        LateEnd(CountDownLatch open) {
            this.open = open;
        }

        @Override
        public int read() throws IOException {
            try {
                open.await();
                return -1;
            } catch (InterruptedException interrupted) {
                throw new InterruptedIOException();
            }
        }
    }

    @Test
    void whatExceedsTheQuotaIsRefusedBeforeItIsSent() {
        limit(0L, 10L, null);

        transactions.run(tenant, () -> holdings.checkDatasetBytes(10));
        assertThatThrownBy(() -> transactions.run(tenant, () -> holdings.checkDatasetBytes(11)))
                .hasMessageContaining("0 of the 10 bytes");
        assertThatThrownBy(() -> transactions.run(tenant, () -> holdings.checkAdapters()))
                .hasMessageContaining("0 adapters");
    }

    @Test
    @Timeout(60)
    void whatGoesOnFromALargerVersionIsRefusedBeforeItIsTrained() throws InterruptedException {
        String large = newAdapter(1);
        transactions.run(
                tenant, () -> store.write(QuotaLimits.builder().adapterRank(1L).build()));
        // Nodes know of a changed quota after some seconds.
        while (quotas.of(tenant).adapterRank() == null) {
            Thread.sleep(100);
        }

        HttpResponse<String> answer = call(
                "POST",
                "/v1/jobs",
                "{'kind': 'ppo', 'adapter': 'tuned', 'dataset': 'mails', 'from': '" + large + "@1'}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
        assertThat(answer.body()).contains("rank is 2");
    }

    @Test
    void whoHasNoQuotaIsNotLimited() {
        transactions.run(tenant, () -> {
            holdings.checkAdapters();
            holdings.requireJobs();
            holdings.checkDatasetBytes(Long.MAX_VALUE);
        });
    }

    private double refusals() {
        return registry.counter(QuotaMetrics.REFUSALS, "quota", "concurrent_jobs")
                .count();
    }

    private void limit(@Nullable Long adapters, @Nullable Long bytes, @Nullable Long jobs) {
        QuotaLimits limits = QuotaLimits.builder()
                .adapters(adapters)
                .datasetBytes(bytes)
                .concurrentJobs(jobs)
                .build();
        transactions.run(tenant, () -> store.write(limits));
    }

    private static List<HttpResponse<String>> atOnce(IntFunction<HttpRequest.Builder> call) {
        List<CompletableFuture<HttpResponse<String>>> calls =
                IntStream.range(0, CALLERS).mapToObj(call).map(Http::sendLater).toList();
        return calls.stream().map(CompletableFuture::join).toList();
    }

    private static void refusesAllBut(int most, List<HttpResponse<String>> answers, String why) {
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 201).hasSize(most);
        assertThat(answers).filteredOn(answer -> answer.statusCode() != 201).allSatisfy(refused -> {
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(429);
            assertThat(refused.body()).contains(why);
        });
    }

    private HttpRequest.Builder to(String path, String type) {
        return Http.to(path).header("Authorization", "Bearer " + token).header("Content-Type", type);
    }

    private long count(String rows) {
        return transactions.sql(
                tenant,
                connection -> Sql.first(connection, "SELECT count(*) FROM " + rows, row -> row.getLong(1))
                        .orElseThrow());
    }
}
