package dev.taxon.serving.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.sdk.wire.QuotaLimits;
import dev.taxon.serving.database.DatabaseClock;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.fixture.ServerTest;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.serving.tenant.Scope;
import dev.taxon.serving.tenant.TenantKeys;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class QuotaIT extends ServerTest {
    @Inject
    TenantTransactions transactions;

    @Inject
    QuotaStore store;

    @Inject
    QuotaMetrics metrics;

    @Inject
    DatabaseClock clock;

    @Inject
    MeterRegistry registry;

    private String name = "";
    private String key = "";
    private UUID tenant = new UUID(0, 0);

    @BeforeEach
    void makeTenant() {
        name = "q" + UUID.randomUUID();
        key = newKey(name, Scope.all()).token();
        tenant = new TenantKeys(dataSource).findOrCreate(name).id();
    }

    @Test
    void refusesRequestsBeyondTheQuotaAndSaysWhenToComeBack() {
        store(QuotaLimits.builder().requestsPerMinute(2L).textsPerDay(100L).build());

        HttpResponse<String> first = classify(3);
        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(first.headers().firstValue("RateLimit").orElse(""))
                .matches("\"requests_per_minute\";r=1;t=\\d+, \"texts_per_day\";r=97;t=\\d+");
        assertThat(first.headers().firstValue("RateLimit-Policy"))
                .contains("\"requests_per_minute\";q=2;w=60, \"texts_per_day\";q=100;w=86400");
        classify(1);
        double before = refusals("requests_per_minute");
        HttpResponse<String> refused = classify(1);
        assertThat(refusals("requests_per_minute")).isEqualTo(before + 1);

        Problems.expect(ErrorCode.QUOTA_EXCEEDED, refused);
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 60L);
        assertThat(refused.headers().firstValue("RateLimit").orElse("")).contains("\"requests_per_minute\";r=0");
        assertThat(Http.send(Http.classify(token, body(1))).statusCode())
                .as("other tenants have quotas of their own")
                .isEqualTo(200);
    }

    @Test
    void saysThatARequestLargerThanItsQuotaNeverPasses() {
        store(QuotaLimits.builder().textsPerMinute(2L).build());

        HttpResponse<String> refused = classify(3);

        assertThat(refused.statusCode()).isEqualTo(429);
        JsonNode problem = Http.json(refused);
        assertThat(problem.get("retryable").asBoolean()).isFalse();
        assertThat(problem.get("detail").asText()).contains("3 of the 2 texts a minute");
    }

    /** A node whose clock is days ahead would make today's windows forgotten, and full again. */
    @Test
    void windowsAreForgottenByTheDatabasesClock() {
        PostgresLeases leases = new PostgresLeases(transactions);
        Instant today = Allowance.TEXTS_PER_DAY.start(clock.instant());
        Duration week = Duration.ofDays(7);

        assertThat(take(leases, today)).isEqualTo(10);
        assertThat(take(leases, today.minus(week))).isEqualTo(10);
        assertThat(take(leases, today.plus(week))).isEqualTo(10);

        assertThat(take(leases, today)).isZero();
        assertThat(transactions.<Long>sql(
                        tenant,
                        connection -> Sql.first(connection, "SELECT count(*) FROM quota_window", row -> row.getLong(1))
                                .orElseThrow()))
                .as("last week's is gone")
                .isEqualTo(2);
    }

    private long take(PostgresLeases leases, Instant start) {
        return leases.take(tenant, Allowance.TEXTS_PER_DAY, start, 10, 10).granted();
    }

    @Test
    void takesNothingForARequestThatIsNotValid() {
        store(QuotaLimits.builder().textsPerDay(1L).build());

        Problems.expect(
                ErrorCode.INVALID_REQUEST, Http.send(Http.classify(key, "{\"texts\": [\"a\"], \"labels\": []}")));

        assertThat(classify(1).statusCode()).isEqualTo(200);
    }

    @Test
    void twoNodesTogetherNeverExceedAQuota() throws Exception {
        long limit = 2_000;
        store(QuotaLimits.builder().textsPerDay(limit).build());
        List<Quotas> nodes = List.of(node(), node());
        AtomicInteger taken = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(8);

        CompletableFuture.allOf(IntStream.range(0, 8)
                        .mapToObj(i ->
                                CompletableFuture.runAsync(() -> takeUntilRefused(nodes.get(i % 2), taken), threads))
                        .toArray(CompletableFuture<?>[]::new))
                .join();
        threads.shutdown();

        assertThat(taken.get()).isEqualTo((int) limit);
    }

    @Test
    void aRequestThatOneQuotaRefusesTakesNothingOfTheOthers() {
        store(QuotaLimits.builder().requestsPerMinute(1L).textsPerDay(5L).build());
        Quotas node = node();

        assertThatThrownBy(() -> node.takeRequest(tenant, 6)).isInstanceOf(ProblemException.class);

        node.takeRequest(tenant, 5);
        assertThatThrownBy(() -> node.takeRequest(tenant, 0))
                .isInstanceOfSatisfying(ProblemException.class, QuotaIT::isRetryable);
    }

    @Test
    void holdsAdaptersToTheirSize() {
        store(QuotaLimits.builder().adapterRank(8L).adapterBytes(1_000L).build());
        Quotas node = node();

        double before = refusals("adapter_rank");
        node.checkAdapterSize(tenant, 8, 1_000);
        assertThatThrownBy(() -> node.checkAdapterSize(tenant, 9, 1)).hasMessageContaining("rank is 9");
        assertThatThrownBy(() -> node.checkAdapterSize(tenant, 1, 1_001)).hasMessageContaining("1001");
        assertThat(refusals("adapter_rank")).isEqualTo(before + 1);
    }

    @Test
    void whoHasNoQuotaIsNotLimited() {
        Quotas node = node();

        node.takeRequest(tenant, 1_000_000);

        assertThat(node.of(tenant)).isEqualTo(QuotaLimits.unlimited());
        assertThat(classify(1).headers().firstValue("RateLimit")).isEmpty();
    }

    private double refusals(String quota) {
        return registry.counter(QuotaMetrics.REFUSALS, "quota", quota).count();
    }

    private static void isRetryable(ProblemException refused) {
        Problem problem = refused.problem();
        assertThat(problem.retryable()).isTrue();
        assertThat(refused.retryAfter()).isPresent();
    }

    private void takeUntilRefused(Quotas node, AtomicInteger taken) {
        try {
            while (true) {
                node.takeRequest(tenant, 1);
                taken.incrementAndGet();
            }
        } catch (ProblemException refused) {
            isRetryable(refused);
        }
    }

    private Quotas node() {
        return new Quotas(store, new PostgresLeases(transactions), clock, metrics);
    }

    private void store(QuotaLimits limits) {
        transactions.run(tenant, () -> store.write(limits));
    }

    private HttpResponse<String> classify(int texts) {
        return Http.send(Http.classify(key, body(texts)));
    }

    private static String body(int texts) {
        return "{\"texts\": [" + "\"t\",".repeat(texts - 1) + "\"t\"], \"labels\": [\"a\", \"b\"]}";
    }
}
