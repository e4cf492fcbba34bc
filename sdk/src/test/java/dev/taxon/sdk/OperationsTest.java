package dev.taxon.sdk;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.sdk.Snapshot.Operation;
import dev.taxon.sdk.wire.DatasetFormat;
import dev.taxon.sdk.wire.JobRequest;
import dev.taxon.sdk.wire.JobState;
import dev.taxon.sdk.wire.QuotaLimits;
import dev.taxon.sdk.wire.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation of the server's has a method, which asks for it with all its parameters. */
final class OperationsTest {

    private static final LocalDate DAY = LocalDate.parse("2026-11-01");

    /** What {@link Paged} and {@link JobEvents} send by themselves as they go on. */
    private static final Set<String> OF_ITERATORS = Set.of("after", "limit", "Last-Event-ID");

    private static final Map<String, Consumer<TaxonClient>> METHODS = Map.ofEntries(
            entry("classify", client -> client.classify("text", "a", "b")),
            entry("listAdapters", client -> first(client.adapters().list())),
            entry("getAdapter", client -> client.adapters().get("support")),
            entry("deleteAdapter", client -> client.adapters().delete("support", true)),
            entry("setAdapterCanary", client -> deployment(client).canary(4, 5)),
            entry("compareAdapterVersions", client -> deployment(client).comparison(3, 4)),
            entry("promoteAdapterVersion", client -> deployment(client).promote(4)),
            entry("rollbackAdapter", client -> deployment(client).rollback()),
            entry("setAdapterShadow", client -> deployment(client).shadow(4)),
            entry("listAdapterVersions", client -> first(adapterVersions(client).list())),
            entry("importAdapterVersion", client -> adapterVersions(client).importZip(file())),
            entry("getAdapterVersion", client -> adapterVersions(client).get(3)),
            entry("deleteAdapterVersion", client -> adapterVersions(client).delete(3)),
            entry("exportAdapterVersion", client -> adapterVersions(client).export(3, file())),
            entry("listAudit", client -> first(client.admin().audit("acme"))),
            entry("listKeys", client -> first(client.admin().keys("acme"))),
            entry("createKey", client -> client.admin().createKey("acme", List.of("train"))),
            entry("revokeKey", client -> client.admin().revokeKey("k1")),
            entry("setQuotas", client -> client.admin().setQuotas("acme", QuotaLimits.unlimited())),
            entry("getQuotas", client -> client.admin().quotas("acme")),
            entry("listTenants", client -> first(client.admin().tenants())),
            entry("createTenant", client -> client.admin().createTenant("acme")),
            entry("getTenant", client -> client.admin().tenant("acme")),
            entry("deleteTenant", client -> client.admin().deleteTenant("acme")),
            entry("changeTenant", client -> client.admin().suspend("acme")),
            entry("listDatasets", client -> first(client.datasets().list())),
            entry("createDataset", client -> client.datasets().create("mails")),
            entry("getDataset", client -> client.datasets().get("mails")),
            entry("deleteDataset", client -> client.datasets().delete("mails")),
            entry("eraseDatasetRow", client -> client.datasets().eraseRow("mails", "r1")),
            entry("addDatasetVersion", client -> rows(client).upload(file(), DatasetFormat.CSV)),
            entry("listDatasetVersions", client -> first(rows(client).list())),
            entry("getDatasetVersion", client -> rows(client).get(2)),
            entry("deleteDatasetVersion", client -> rows(client).delete(2)),
            entry("getDatasetReport", client -> rows(client).report(2)),
            entry("listDatasetRows", client -> first(rows(client).rows(2))),
            entry("exportEverything", client -> client.account().export(file())),
            entry("sendFeedback", client -> client.feedback().accept("r1", 0)),
            entry("listJobs", client -> first(client.jobs().list(JobState.RUNNING))),
            entry("createJob", client -> client.jobs().create(JobRequest.lora("support", "mails"))),
            entry("getJob", client -> client.jobs().get("j1")),
            entry("cancelJob", client -> client.jobs().cancel("j1")),
            entry("watchJob", client -> client.jobs().events("j1", event -> {})),
            entry("getJobResult", client -> client.jobs().downloadResult("j1", file())),
            entry("listModels", client -> first(client.models().list())),
            entry("putSettings", client -> client.feedback().changeSettings(new Settings(true, true, 30))),
            entry("getSettings", client -> client.feedback().settings()),
            entry("leave", client -> client.account().delete("acme")),
            entry("getUsage", client -> client.usage().get(DAY, DAY)),
            entry("listWebhooks", client -> first(client.webhooks().list())),
            entry("createWebhook", client -> client.webhooks().create("https://example.com/taxon")),
            entry("getWebhook", client -> client.webhooks().get("w1")),
            entry("deleteWebhook", client -> client.webhooks().delete("w1")));

    @TempDir
    static Path folder;

    @RegisterExtension
    final LoopbackServer server = new LoopbackServer();

    static Stream<Operation> operations() throws IOException {
        return Snapshot.operations().stream();
    }

    @BeforeEach
    void refuseEverything() throws IOException {
        server.then(403, "");
        Files.writeString(file(), "content");
    }

    @Test
    void everyOperationHasAMethodAndNoMethodIsOfNone() throws IOException {
        assertThat(operations().map(Operation::id)).containsExactlyInAnyOrderElementsOf(METHODS.keySet());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void isAskedForWithAllItsParameters(Operation operation) {
        TaxonClient client = server.client()
                .maxRetries(0)
                .deadline(Duration.ofMinutes(1))
                .header("X-Request-Id", "mine")
                .build();

        assertThatThrownBy(() -> method(operation).accept(client)).isInstanceOf(PermissionException.class);

        assertThat(server.asked).hasSize(1).first().matches(operation::isAskedBy);
        LoopbackServer.Asked asked = server.asked.get(0);
        assertThat(own(operation.queries())).allMatch(name -> asked.path().matches(".*[?&]" + name + "=.*"));
        assertThat(own(operation.headers()))
                .allMatch(name -> !asked.header(capitalised(name)).isEmpty());
    }

    private static Consumer<TaxonClient> method(Operation operation) {
        return Objects.requireNonNull(METHODS.get(operation.id()), "there is no method for this operation");
    }

    private static List<String> own(List<String> parameters) {
        return parameters.stream().filter(name -> !OF_ITERATORS.contains(name)).toList();
    }

    /** As the JDK's server names headers. */
    private static String capitalised(String header) {
        return header.substring(0, 1).toUpperCase(Locale.ROOT)
                + header.substring(1).toLowerCase(Locale.ROOT);
    }

    private static Object first(Paged<?> list) {
        return list.iterator().next();
    }

    private static DeploymentClient deployment(TaxonClient client) {
        return client.adapters().deployment("support").ifUnchangedSince(17);
    }

    private static AdapterVersionsClient adapterVersions(TaxonClient client) {
        return client.adapters().versions("support");
    }

    private static DatasetVersionsClient rows(TaxonClient client) {
        return client.datasets().versions("mails");
    }

    private static Path file() {
        return folder.resolve("file");
    }
}
