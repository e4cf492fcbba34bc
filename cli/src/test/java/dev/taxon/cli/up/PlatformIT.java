package dev.taxon.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.cli.key.OperatorKeyCommand;
import dev.taxon.examples.FewShot;
import dev.taxon.sdk.AdapterVersionsClient;
import dev.taxon.sdk.AuthenticationException;
import dev.taxon.sdk.DatasetRefusedException;
import dev.taxon.sdk.DatasetVersionsClient;
import dev.taxon.sdk.DeploymentClient;
import dev.taxon.sdk.JobFailedException;
import dev.taxon.sdk.PermissionException;
import dev.taxon.sdk.TaxonClient;
import dev.taxon.sdk.wire.AdapterVersion;
import dev.taxon.sdk.wire.AuditEntry;
import dev.taxon.sdk.wire.ClassifyResult;
import dev.taxon.sdk.wire.DatasetFormat;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Hyperparameters;
import dev.taxon.sdk.wire.Job;
import dev.taxon.sdk.wire.JobRequest;
import dev.taxon.sdk.wire.QuotaLimits;
import dev.taxon.sdk.wire.Tenant;
import dev.taxon.sdk.wire.UsageDay;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The platform from an operator's key to a tenant's leave-taking, by the SDK, over everything that {@code taxon up} starts. */
@Timeout(1_200)
final class PlatformIT {
    /** Learns once, judged by a part of the rows, where the defaults cross-fit: quicker, and all that is tested here. */
    private static final Hyperparameters ONCE =
            Hyperparameters.builder().epochs(5).heldOut(0.25).build();

    @TempDir
    static Path folder;

    @Test
    void aTenantTrainsItsOwnClassifierTakesItAlongAndLeaves() throws Exception {
        Path data = folder.resolve("platform");
        int port = freePort();
        try (UpProcess up = UpProcess.start(data, port)) {
            up.awaitLine("curl ");
            TaxonClient operator = client(port, operatorKey(data));
            TaxonClient client = client(
                    port,
                    Objects.requireNonNull(
                            operator.admin().createTenant("sample").token()));
            operator.admin()
                    .setQuotas(
                            "sample", QuotaLimits.builder().textsPerDay(1_000L).build());

            ByteArrayOutputStream said = new ByteArrayOutputStream();
            ClassifyResult result = FewShot.run(
                    client, "Where is my parcel?", ONCE, new PrintStream(said, true, StandardCharsets.UTF_8));

            assertThat(result.predictions().get(0).label()).isEqualTo("delivery");
            assertThat(result.adapter()).isEqualTo("support@1");
            assertThat(said.toString(StandardCharsets.UTF_8)).contains("SUCCEEDED", "accuracy");
            assertAFileIsClassified(client);
            assertVersionsComeAndGo(client);
            assertWhatEndsBadlySaysSo(client);
            assertUsageIsCounted(client);
            assertEverythingIsExported(client);
            assertTenantsAreNoOperators(client);
            client.account().delete("sample");
            assertThat(operator.admin().tenants()).extracting(Tenant::name).doesNotContain("sample");
            assertThat(operator.admin().audit("sample"))
                    .extracting(AuditEntry::action)
                    .contains("tenant.create", "quota.set", "adapter.promote", "tenant.export", "tenant.delete");
            up.signal("INT");
            assertThat(up.awaitExit()).isZero();
        }
    }

    @Test
    void anOperatorsKeyIsMadeAndRevokedWithoutARunningServer() throws Exception {
        Path data = folder.resolve("keys");
        String key = operatorKey(data);
        String id = key.split("_")[1];

        assertThat(key).matches("txo_[0-9a-f]{16}_[0-9a-f]{64}");
        assertThat(run("--data", data.toString(), "--revoke", id)).isEqualTo("Revoked " + id + ".");
    }

    private static void assertAFileIsClassified(TaxonClient client) throws IOException {
        Job job = client.jobs().create(JobRequest.classify("support", "support"));
        client.jobs().await(job.id());
        Path results = client.jobs().downloadResult(job.id(), folder.resolve("results.jsonl"));
        assertThat(Files.readAllLines(results)).hasSize(12).allMatch(line -> line.contains("\"predictions\""));
    }

    /** The same version once more: promoted and taken back, then beside the active one. */
    private static void assertVersionsComeAndGo(TaxonClient client) {
        AdapterVersionsClient versions = client.adapters().versions("support");
        Path zip = versions.export(1, folder.resolve("support-1.zip"));
        assertThat(versions.importZip(zip).digest()).isEqualTo(versions.get(1).digest());
        assertThat(versions.list()).extracting(AdapterVersion::version).containsExactlyInAnyOrder(1, 2);

        DeploymentClient deployment = client.adapters().deployment("support");
        assertThat(deployment.promote(2).active()).isEqualTo(2);
        assertThat(deployment.rollback().active()).isEqualTo(1);
        assertThat(deployment.canary(2, 50).canary()).isEqualTo(2);
        assertThat(deployment.endCanary().canary()).isNull();
        assertThat(deployment.shadow(2).shadow()).isEqualTo(2);
        assertThat(deployment.endShadow().shadow()).isNull();
    }

    private static void assertWhatEndsBadlySaysSo(TaxonClient client) {
        Job job = client.jobs().create(JobRequest.lora("unwanted", "support"));
        client.jobs().cancel(job.id());
        assertThatThrownBy(() -> client.jobs().await(job.id()))
                .isInstanceOfSatisfying(JobFailedException.class, failed -> {
                    assertThat(failed.job()).isEqualTo(job.id());
                    assertThat(failed.cancelled()).isTrue();
                });

        client.datasets().create("broken");
        DatasetVersionsClient versions = client.datasets().versions("broken");
        int version = versions.upload("no rows".getBytes(StandardCharsets.UTF_8), DatasetFormat.JSONL)
                .version();
        assertThatThrownBy(() -> versions.await(version))
                .isInstanceOfSatisfying(
                        DatasetRefusedException.class,
                        refused -> assertThat(refused.errorCode()).contains(ErrorCode.INVALID_REQUEST));
    }

    /** One text of a call and twelve of a job, whose usage comes from two processes. */
    private static void assertUsageIsCounted(TaxonClient client) throws InterruptedException {
        for (int second = 0; second < 10 && texts(client) < 13; second++) {
            Thread.sleep(1_000);
        }
        assertThat(texts(client)).isEqualTo(13);
    }

    private static long texts(TaxonClient client) {
        return client.usage().get().days().stream().mapToLong(UsageDay::texts).sum();
    }

    private static void assertEverythingIsExported(TaxonClient client) throws IOException {
        Path export = client.account().export(folder.resolve("export.zip"));
        try (ZipFile zip = new ZipFile(export.toFile())) {
            List<String> names = zip.stream().map(ZipEntry::getName).toList();
            assertThat(names)
                    .contains(
                            "datasets/support/1.jsonl",
                            "adapters/support/1/adapter_config.json",
                            "adapters/support/1/adapter_model.safetensors",
                            "feedback.jsonl");
        }
    }

    private static void assertTenantsAreNoOperators(TaxonClient client) {
        assertThatThrownBy(() -> client.admin().createTenant("mine")).isInstanceOf(PermissionException.class);
        assertThatThrownBy(() -> client.withOptions(options -> options.apiKey("txo_0_0"))
                        .admin()
                        .tenant("sample"))
                .isInstanceOf(AuthenticationException.class);
    }

    private static String operatorKey(Path data) {
        return run("--data", data.toString());
    }

    private static String run(String... arguments) {
        StringWriter out = new StringWriter();
        int status = new CommandLine(new OperatorKeyCommand())
                .setOut(new PrintWriter(out, true))
                .execute(arguments);
        assertThat(status).isZero();
        return out.toString().strip();
    }

    private static TaxonClient client(int port, String key) {
        return TaxonClient.builder()
                .baseUrl("http://127.0.0.1:" + port)
                .apiKey(key)
                .build();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
