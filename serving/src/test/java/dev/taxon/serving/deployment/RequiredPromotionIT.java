package dev.taxon.serving.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.fixture.AdapterServerTest;
import dev.taxon.serving.fixture.Problems;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Promotions that a version has to be good enough for. */
@QuarkusTest
class RequiredPromotionIT extends AdapterServerTest {
    @Inject
    TenantTransactions transactions;

    @Test
    void promotesWhatIsRequiredToBeBetterOnlyWhereThatCanBeTold() {
        String name = newAdapter(3);
        promote(name, 1);
        String better = "{'version': %d, 'require': 'better_than_active'}";
        assertThat(Problems.expect(ErrorCode.CONFLICT, promoteAs(name, better.formatted(2)))
                        .detail())
                .contains("cannot be told");
        UUID shared = newDatasetVersion();
        judge(name + "@1", shared, 0.8);
        judge(name + "@2", newDatasetVersion(), 0.99);
        assertThat(Problems.expect(ErrorCode.CONFLICT, promoteAs(name, better.formatted(2)))
                        .detail())
                .contains("cannot be told");
        judge(name + "@2", shared, 0.9, "'mode': 'multi-label', 'rows': 20");
        assertThat(Problems.expect(ErrorCode.CONFLICT, promoteAs(name, better.formatted(2)))
                        .detail())
                .contains("in the same mode");
        judge(name + "@2", shared, 0.9, "'mode': 'single-label', 'rows': 19");
        assertThat(Problems.expect(ErrorCode.CONFLICT, promoteAs(name, better.formatted(2)))
                        .detail())
                .contains("no row erased");
        judge(name + "@2", shared, 0.7);
        assertThat(Problems.expect(ErrorCode.CONFLICT, promoteAs(name, better.formatted(2)))
                        .detail())
                .contains("macro F1 0.7000 against 0.8000");
        judge(name + "@3", shared, 0.9);
        assertThat(promoteAs(name, better.formatted(3)).statusCode()).isEqualTo(200);
        Problems.expect(
                ErrorCode.NOT_FOUND,
                promoteAs(name, "{'version': 1, 'require': 'better_than_active', 'dataset': 'nothing@1'}"));
        Problems.expect(ErrorCode.INVALID_REQUEST, promoteAs(name, "{'version': 1, 'dataset': 'nothing@1'}"));
    }

    @Test
    void aDataSetThatIsNotThereIsRefusedThoughNothingIsActiveYet() {
        String name = newAdapter(1);

        Problems.expect(
                ErrorCode.NOT_FOUND,
                promoteAs(name, "{'version': 1, 'require': 'better_than_active', 'dataset': 'nothing@1'}"));

        assertThat(promoteAs(name, "{'version': 1, 'require': 'better_than_active'}")
                        .statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<String> promoteAs(String name, String body) {
        return call("POST", "/v1/adapters/" + name + "/promote", body);
    }

    private UUID newDatasetVersion() {
        UUID dataset = UUID.randomUUID();
        UUID version = UUID.randomUUID();
        transactions.sql(acme(), connection -> {
            Sql.update(connection, "INSERT INTO dataset (id, name) VALUES (?, ?)", dataset, "d" + dataset);
            return Sql.update(
                    connection,
                    "INSERT INTO dataset_version (id, dataset_id, number, state, source) VALUES (?, ?, 1, 'ready', 'upload')",
                    version,
                    dataset);
        });
        return version;
    }

    /** What a worker leaves of an evaluation. */
    private void judge(String version, UUID dataset, double macroF1) {
        judge(version, dataset, macroF1, "'mode': 'single-label', 'rows': 20");
    }

    private void judge(String version, UUID dataset, double macroF1, String measured) {
        transactions.sql(
                acme(),
                connection -> Sql.update(
                        connection,
                        "INSERT INTO job (id, kind, state, request, adapter, dataset_version_id, result, ended_at)"
                                + " VALUES (?, 'evaluate', 'succeeded', ?, ?, ?, ?, now())",
                        UUID.randomUUID(),
                        "{\"kind\": \"evaluate\", \"adapter\": \"" + version + "\"}",
                        version,
                        dataset,
                        "{\"accuracy\": 0.5, \"macro_f1\": " + macroF1 + ", " + measured.replace('\'', '"') + "}"));
    }
}
