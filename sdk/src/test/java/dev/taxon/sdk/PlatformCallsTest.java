package dev.taxon.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.sdk.wire.Dataset;
import dev.taxon.sdk.wire.DatasetFormat;
import dev.taxon.sdk.wire.Example;
import dev.taxon.sdk.wire.Job;
import dev.taxon.sdk.wire.JobEvent;
import dev.taxon.sdk.wire.JobRequest;
import dev.taxon.sdk.wire.JobState;
import dev.taxon.sdk.wire.QuotaLimits;
import dev.taxon.sdk.wire.Tenant;
import dev.taxon.sdk.wire.WireJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the calls of the platform have in common, against a server that answers as told. */
final class PlatformCallsTest {

    @TempDir
    Path folder;

    private final FakePacing time = new FakePacing();
    private LoopbackServer server;
    private TaxonClient client;

    @BeforeEach
    void start() throws IOException {
        server = new LoopbackServer();
        client = server.client().pacing(time.pacing(0)).build();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aCallThatCreatesKeepsItsKeyThroughRetries() {
        server.thenHangUp().then(503, "").then(201, "{\"name\":\"mails\"}");

        Dataset made = client.datasets().create("mails");

        assertThat(made.name()).isEqualTo("mails");
        assertThat(server.asked)
                .hasSize(3)
                .extracting(asked -> asked.header("Idempotency-key"))
                .doesNotContain("");
        assertThat(server.asked)
                .extracting(asked -> asked.header("Idempotency-key"))
                .containsOnly(key(0));
        client.datasets().create("others");
        assertThat(key(3)).isNotEqualTo(key(0));
    }

    @Test
    void aCallThatMakesASecretIsSentOnce() {
        server.then(503, "").then(201, "{\"id\":\"1\",\"tenant\":\"acme\",\"scopes\":[]}");

        assertThatThrownBy(() -> client.admin().createTenant("acme")).isInstanceOf(OverloadedException.class);

        assertThat(server.asked).hasSize(1);
        assertThat(key(0)).isEmpty();
    }

    @Test
    void listsAreFetchedPageByPageAsFarAsTheyAreRead() {
        server.then(200, "{\"items\":[{\"name\":\"a\"},{\"name\":\"b\"}],\"next\":\"b&c\"}")
                .then(200, "{\"items\":[{\"name\":\"d\"}]}");

        Paged<Dataset> datasets = client.datasets().list();
        assertThat(server.asked).isEmpty();
        assertThat(datasets.stream().limit(2).map(Dataset::name)).containsExactly("a", "b");
        assertThat(server.asked).hasSize(1);

        assertThat(datasets.page("b&c").join().items()).hasSize(1);
        assertThat(server.asked)
                .extracting(LoopbackServer.Asked::path)
                .containsExactly("/v1/datasets", "/v1/datasets?after=b%26c");
    }

    @Test
    void aListIsReadToItsEnd() {
        for (int i = 0; i < 2; i++) {
            server.then(200, "{\"items\":[{\"name\":\"a\"}],\"next\":\"a\"}")
                    .then(200, "{\"items\":[],\"next\":\"m\"}")
                    .then(200, "{\"items\":[{\"name\":\"z\"}]}");
        }

        List<String> names = new ArrayList<>();
        client.admin().tenants().forEach(tenant -> names.add(tenant.name()));

        assertThat(names).containsExactly("a", "z");
        assertThat(client.admin().tenants().allAsync().join())
                .extracting(Tenant::name)
                .containsExactly("a", "z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a?b", "../b", "a b", "%2e%2e", "\u00e9"})
    void namesAreOneSegmentWhateverTheyHold(String name) {
        server.then(404, "{\"code\":\"not_found\",\"status\":404,\"retryable\":false}");

        assertThatThrownBy(() -> client.datasets().get(name)).isInstanceOf(NotFoundException.class);

        assertThat(server.asked.get(0).path()).startsWith("/v1/datasets/").doesNotContain("?");
        assertThat(server.asked.get(0).path().substring("/v1/datasets/".length()))
                .doesNotContain("/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".."})
    void namesThatWouldLeadElsewhereAreNotSent(String name) {
        assertThatThrownBy(() -> client.datasets().get(name)).isInstanceOf(IllegalArgumentException.class);
        assertThat(server.asked).isEmpty();
    }

    @Test
    void filesAreStreamedUpWithTheirType() throws IOException {
        Path file = Files.writeString(folder.resolve("rows.csv"), "text,label\nhello,a\n");
        server.thenHangUp().then(201, "{\"dataset\":\"mails\",\"version\":3,\"bytes\":19,\"shape\":\"round\"}");

        assertThat(client.datasets().upload("mails", file, DatasetFormat.CSV).version())
                .isEqualTo(3);

        assertThat(server.asked).hasSize(2);
        assertThat(server.asked.get(1).body()).isEqualTo("text,label\nhello,a\n");
        assertThat(server.asked.get(1).header("Content-type")).isEqualTo("text/csv");
        assertThat(key(0)).isNotEmpty().isEqualTo(key(1));
        assertThatThrownBy(() -> client.datasets().upload("mails", folder.resolve("none"), DatasetFormat.CSV))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void filesAreStreamedDownOverWhatWasThere() throws IOException {
        Path file = Files.writeString(folder.resolve("export.zip"), "something much longer");
        server.then(503, "").then(200, "zipped");

        assertThat(client.account().export(file)).isEqualTo(file);

        assertThat(file).hasContent("zipped");
        assertThat(server.asked.get(1).header("Accept")).startsWith("application/zip");
    }

    @Test
    void aDownloadThatIsRefusedSaysWhyAndLeavesTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("export.zip"), "before");
        server.then(403, "{\"code\":\"forbidden\",\"status\":403,\"retryable\":false}");

        assertThatThrownBy(() -> client.account().export(file)).isInstanceOf(PermissionException.class);

        assertThat(file).hasContent("before");
    }

    @Test
    void waitsForAJobTellingHowFarItIs() {
        server.then(200, job("queued")).then(200, job("running")).then(200, job("succeeded"));
        List<JobState> seen = new ArrayList<>();

        Job job = client.jobs().await("j1", state -> seen.add(state.state()));

        assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(seen).containsExactly(JobState.QUEUED, JobState.RUNNING, JobState.SUCCEEDED);
        assertThat(time.sleeps).hasSize(2).isSorted();
    }

    @Test
    void aStateOfANewerServerIsWaitedThrough() {
        server.then(200, job("pondering")).then(200, job("succeeded"));

        assertThat(client.jobs().await("j1").state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void jobsAreListedByTheirState() {
        server.then(200, "{\"items\":[" + job("running") + "]}");

        assertThat(client.jobs().list(JobState.RUNNING)).extracting(Job::id).containsExactly("j1");

        assertThat(server.asked.get(0).path()).isEqualTo("/v1/jobs?state=running");
    }

    @Test
    void aJobThatFailedSaysWhy() {
        server.then(
                200,
                "{\"id\":\"j1\",\"state\":\"failed\",\"problem\":{\"code\":\"invalid_request\",\"status\":400,"
                        + "\"retryable\":false,\"detail\":\"The rows have one label.\"}}");

        assertThatThrownBy(() -> client.jobs().await("j1"))
                .isInstanceOf(BadRequestException.class)
                .hasMessage("the job failed: The rows have one label.");
        assertThatThrownBy(() -> client.jobs().awaitAsync("j1").get()).hasCauseInstanceOf(BadRequestException.class);
    }

    @Test
    void whatThrowsWhileTellingEndsTheWaiting() {
        server.then(200, job("running"));

        assertThatThrownBy(() -> client.jobs()
                        .awaitAsync("j1", state -> {
                            throw new IllegalStateException("of the caller");
                        })
                        .join())
                .hasRootCauseMessage("of the caller");
    }

    @Test
    void eventsGoOnWhereTheirConnectionBroke() {
        server.then((exchange, body) -> {
                    exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
                    exchange.sendResponseHeaders(200, 10_000);
                    exchange.getResponseBody()
                            .write((event(1) + "data:{\"number\":2,").getBytes(StandardCharsets.UTF_8));
                    exchange.getResponseBody().flush();
                    exchange.close();
                })
                .then(200, event(2))
                .then(200, event(3) + ended(4));

        try (JobEvents events = client.jobs().events("j1")) {
            List<Integer> numbers = new ArrayList<>();
            events.forEachRemaining(event -> numbers.add(event.number()));
            assertThat(numbers).containsExactly(1, 2, 3, 4);
        }
        assertThat(server.asked)
                .extracting(asked -> asked.header("Last-event-id"))
                .containsExactly("", "1", "2");
    }

    @Test
    @Timeout(30)
    void closingEndsTheWaitingForAnEvent() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        server.then((exchange, body) -> {
            exchange.sendResponseHeaders(200, 10_000);
            exchange.getResponseBody().write(event(1).getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            told.countDown();
        });
        JobEvents events = client.jobs().events("j1");
        assertThat(events.next().number()).isEqualTo(1);

        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(events::hasNext);
        told.await();
        events.close();

        assertThat(waiting.get()).isFalse();
        assertThat(server.asked).hasSize(1);
    }

    @Test
    void eventsOfAnUnknownJobAreNotFound() {
        server.then(404, "{\"code\":\"not_found\",\"status\":404,\"retryable\":false}");

        try (JobEvents events = client.jobs().events("j1")) {
            assertThatThrownBy(events::hasNext).isInstanceOf(NotFoundException.class);
        }
    }

    @Test
    void trainsAVersionAgainInOneCall() {
        server.then(201, "{\"id\":\"j1\",\"attempts\":0,\"request\":{\"retrain\":\"support@3\"}}");
        server.then(200, "{\"id\":\"j1\",\"attempts\":1,\"state\":\"succeeded\",\"result\":{\"version\":5}}");
        server.then(200, version());

        Training training = client.adapters().retrain("support@3");

        assertThat(training.await().version()).isEqualTo(5);
        assertThat(server.asked.get(0).path()).isEqualTo("/v1/jobs");
        assertThat(server.asked.get(0).body()).isEqualTo("{\"retrain\":\"support@3\"}");
        assertThat(server.asked.get(2).path()).isEqualTo("/v1/adapters/support/versions/5");
    }

    @Test
    void trainsFromExamplesInOneCall() {
        server.then(409, "{\"code\":\"conflict\",\"status\":409,\"retryable\":false}")
                .then(201, "{\"dataset\":\"support\",\"version\":2,\"state\":\"stored\",\"bytes\":1}")
                .then(200, "{\"dataset\":\"support\",\"version\":2,\"state\":\"importing\",\"bytes\":1}")
                .then(200, "{\"dataset\":\"support\",\"version\":2,\"state\":\"ready\",\"bytes\":1}")
                .then(201, job("queued"))
                .then(200, "{\"id\":\"j1\",\"state\":\"succeeded\",\"attempts\":1,\"result\":{\"version\":5}}")
                .then(200, version())
                .then(200, "{\"adapter\":\"support\",\"active\":5,\"generation\":7}");

        Training training = client.adapters()
                .train(
                        "support",
                        List.of(
                                new Example("charged twice", List.of("billing")),
                                new Example("where is it", List.of("delivery"))));
        assertThat(training.job()).isEqualTo("j1");
        assertThat(training.promote().active()).isEqualTo(5);

        assertThat(server.asked.get(1).body())
                .isEqualTo("{\"text\":\"charged twice\",\"true_labels\":[\"billing\"],"
                        + "\"all_labels\":[\"billing\",\"delivery\"]}\n"
                        + "{\"text\":\"where is it\",\"true_labels\":[\"delivery\"],"
                        + "\"all_labels\":[\"billing\",\"delivery\"]}\n");
        assertThat(server.asked.get(4).body())
                .isEqualTo("{\"kind\":\"lora\",\"adapter\":\"support\",\"dataset\":\"support\",\"version\":2}");
        assertThat(server.asked.get(7).path()).isEqualTo("/v1/adapters/support/promote");
        assertThat(server.asked.get(7).body()).isEqualTo("{\"version\":5}");
    }

    @Test
    void examplesThatAreRefusedSayWhy() {
        server.then(201, "{\"name\":\"support\"}")
                .then(201, "{\"dataset\":\"support\",\"version\":1,\"state\":\"stored\",\"bytes\":1}")
                .then(
                        200,
                        "{\"dataset\":\"support\",\"version\":1,\"state\":\"refused\",\"bytes\":1,\"problem\":"
                                + "{\"code\":\"invalid_request\",\"status\":400,\"retryable\":false,\"detail\":\"One class.\"}}");

        assertThatThrownBy(() -> client.adapters().train("support", List.of(new Example("t", List.of("a")))))
                .isInstanceOf(BadRequestException.class)
                .hasMessage("the dataset version was refused: One class.");
        assertThatThrownBy(() -> client.adapters().train("support", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void conditionsTravelWithAPromotion() {
        server.then(409, "{\"code\":\"conflict\",\"status\":409,\"retryable\":false}")
                .then(412, "{\"code\":\"precondition_failed\",\"status\":412,\"retryable\":false}");

        assertThatThrownBy(() -> client.adapters().promoteIfBetter("support", 4))
                .isInstanceOf(ConflictException.class);

        assertThat(server.asked.get(0).body()).isEqualTo("{\"version\":4,\"require\":\"better_than_active\"}");
        CompletableFuture<?> promotion =
                client.adapters().promoteAsync("support", dev.taxon.sdk.wire.PromoteRequest.of(4), 17L);
        assertThatThrownBy(promotion::join).hasCauseInstanceOf(PreconditionFailedException.class);
        assertThat(server.asked.get(1).header("If-match")).isEqualTo("\"17\"");
    }

    @Test
    void correctionsBecomeADataSetAndNewerWordsAreOverlooked() {
        server.then(200, "{\"request_id\":\"r1\",\"index\":0,\"verdict\":\"praised\",\"labels\":[\"a\"]}")
                .then(201, "{\"dataset\":\"corrections\",\"version\":1,\"bytes\":0}");

        assertThat(client.feedback().correct("r1", 0, List.of("a")).verdict()).isNull();
        client.datasets().createFromFeedback("corrections", "support");

        assertThat(server.asked.get(0).body())
                .isEqualTo("{\"request_id\":\"r1\",\"index\":0,\"verdict\":\"corrected\",\"labels\":[\"a\"]}");
        assertThat(server.asked.get(1).body()).isEqualTo("{\"feedback\":{\"adapter\":\"support\"}}");
    }

    @Test
    void anythingMayBeChangedAndDeleted() {
        server.then(204, "");

        client.adapters().deleteVersion("support", 2);
        client.admin().deleteTenant("acme");
        client.webhooks().delete("w1");

        assertThat(server.asked)
                .extracting(asked -> asked.method() + " " + asked.path())
                .containsExactly(
                        "DELETE /v1/adapters/support/versions/2",
                        "DELETE /v1/admin/tenants/acme",
                        "DELETE /v1/webhooks/w1");
    }

    @Test
    void quotasAreWrittenWithoutWhatIsNotLimited() throws Exception {
        QuotaLimits limits = QuotaLimits.builder().textsPerDay(5L).build();

        assertThat(WireJson.string(limits)).isEqualTo("{\"texts_per_day\":5,\"weight\":100}");
        assertThat(WireJson.read("{\"texts_per_day\":5}", QuotaLimits.class)).isEqualTo(limits);
    }

    @Test
    void secretsAreNotPrinted() {
        server.then(
                201, "{\"id\":\"k1\",\"tenant\":\"acme\",\"scopes\":[\"classify\"],\"token\":\"tx_k1_verysecret\"}");

        assertThat(client.admin().createTenant("acme").toString()).doesNotContain("verysecret");
    }

    @Test
    void requestsOfJobsAreWrittenAsTheContractSays() {
        server.then(201, job("queued"));

        client.jobs().create(JobRequest.evaluate("support@3", "mails"));

        assertThat(server.asked.get(0).body())
                .isEqualTo("{\"kind\":\"evaluate\",\"adapter\":\"support@3\",\"dataset\":\"mails\"}");
    }

    @Test
    void callsGoThroughTheProxy() {
        server.then(200, "{\"items\":[]}");
        int port = Integer.parseInt(server.url().substring(server.url().lastIndexOf(':') + 1));

        TaxonClient proxied = client.withOptions(
                options -> options.baseUrl("http://taxon.invalid:81").proxy("127.0.0.1", port));
        assertThat(proxied.datasets().list()).isEmpty();

        assertThat(server.asked.get(0).path()).isEqualTo("http://taxon.invalid:81/v1/datasets");
    }

    private String key(int call) {
        return server.asked.get(call).header("Idempotency-key");
    }

    private static String job(String state) {
        return "{\"id\":\"j1\",\"kind\":\"lora\",\"state\":\"" + state + "\",\"attempts\":1}";
    }

    private static String event(int number) {
        JobEvent event = new JobEvent(number, "step", Map.of("step", number), null);
        return "id:" + number + "\nevent:step\ndata:" + WireJson.string(event) + "\n\n";
    }

    private static String ended(int number) {
        JobEvent event = new JobEvent(number, "state", Map.of("state", "succeeded"), null);
        return "id:" + number + "\nevent:state\ndata:" + WireJson.string(event) + "\n\n";
    }

    private static String version() {
        return "{\"adapter\":\"support\",\"version\":5,\"digest\":\"d\",\"base\":{\"name\":\"b\",\"verified\":true},"
                + "\"labels\":[],\"bytes\":1,\"rank\":8,\"metrics\":{\"accuracy\":0.9},\"erased_rows\":0}";
    }
}
