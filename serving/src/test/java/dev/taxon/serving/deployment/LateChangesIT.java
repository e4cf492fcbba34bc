package dev.taxon.serving.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.fixture.AdapterServerTest;
import dev.taxon.serving.fixture.HeldClassifier;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.http.Headers;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Changes of an adapter that come while an earlier one is still being applied. */
@QuarkusTest
class LateChangesIT extends AdapterServerTest {
    private static final int LOOKS = 20;
    private static final int PAUSE_MILLIS = 50;

    @Inject
    TenantTransactions transactions;

    @Inject
    DeploymentRows rows;

    @Inject
    DeployedAdapters deployed;

    @Inject
    HeldClassifier classifier;

    @Test
    void anAdapterThatWasDeletedWhileItsVersionWasLoadedAnswersNoMore() throws InterruptedException {
        String name = newAdapter(2);
        promote(name, 1);
        HttpResponse<String> deleted;
        classifier.hold();
        try {
            int encoded = classifier.encoded();
            transactions.run(
                    acme(), () -> rows.change(rows.lock(name).orElseThrow().promoted(2)));
            eventually(() -> assertThat(classifier.encoded()).isGreaterThan(encoded));
            deleted = call("DELETE", "/v1/adapters/" + name + "?force=true", "");
        } finally {
            classifier.release();
        }
        assertThat(deleted.statusCode()).as(deleted.body()).isEqualTo(204);

        for (int look = 0; look < LOOKS; look++) {
            Problems.expect(
                    ErrorCode.NOT_FOUND, call("POST", "/v1/classify", "{'texts': ['a'], 'adapter': '" + name + "'}"));
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** As after a pause in which another node has taken this one for dead: what it was told of then, it is not told again. */
    @Test
    void whatWasReadBeforeThisNodeBeganAnewIsNotPutBack() throws InterruptedException {
        String name = newAdapter(2);
        promote(name, 1);
        classifier.hold();
        try {
            int encoded = classifier.encoded();
            transactions.run(
                    acme(), () -> rows.change(rows.lock(name).orElseThrow().promoted(2)));
            eventually(() -> assertThat(classifier.encoded()).isGreaterThan(encoded));
            transactions.sql(acme(), connection -> Sql.update(connection, "DELETE FROM adapter WHERE name = ?", name));
            deployed.forgetAll();
        } finally {
            classifier.release();
        }
        for (int look = 0; look < LOOKS; look++) {
            Problems.expect(
                    ErrorCode.NOT_FOUND, call("POST", "/v1/classify", "{'texts': ['a'], 'adapter': '" + name + "'}"));
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    @Test
    void whoAsksForAPromotionWaitsForSlowNodesNoLongerThanItsDeadline() throws Exception {
        String name = newAdapter(1);
        UUID slow = UUID.randomUUID();
        try (Connection connection = dataSource.getConnection()) {
            NodeRows.register(connection, slow);
        }
        try {
            HttpResponse<String> late =
                    call("POST", "/v1/adapters/" + name + "/promote", "{'version': 1}", Headers.DEADLINE, "1000");
            assertThat(Problems.expect(ErrorCode.OVERLOADED, late).detail()).contains("not every node");
        } finally {
            try (Connection connection = dataSource.getConnection()) {
                NodeRows.remove(connection, slow);
            }
        }
        assertThat(promote(name, 1).at("/active").asInt()).isEqualTo(1);
    }

    @Test
    void aNodeThatStartsAfterAQuietDayHasReadWhatDeploymentsStandAt() {
        String name = newAdapter(1);
        promote(name, 1);
        long generation =
                transactions.in(acme(), () -> rows.find(name).orElseThrow().generation());
        long last = transactions.sql(acme(), connection -> {
            Sql.update(connection, "DELETE FROM deployment_change");
            return NodeRows.lastChange(connection);
        });
        assertThat(last).isGreaterThanOrEqualTo(generation);
    }
}
