package dev.taxon.serving.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.serving.adapter.AdapterContents;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.fixture.AdapterServerTest;
import dev.taxon.serving.tenant.TenantKeys;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Until a promotion returns either version may answer; after it only the new one, whatever happens to a node. */
@QuarkusTest
class PromotionRuleIT extends AdapterServerTest {
    private static final int PROMOTIONS = 12;
    private static final int CLIENTS_A_NODE = 2;

    @Inject
    TenantTransactions transactions;

    @Inject
    DeploymentRows rows;

    @Inject
    ServedVersions versions;

    @Inject
    Warming warming;

    @Inject
    AdapterContents contents;

    private final List<NodeUnderTest> nodes = new ArrayList<>();
    private UUID tenant = new UUID(0, 0);
    private volatile int returned;
    private volatile boolean stopping;

    @BeforeEach
    void startNodes() {
        tenant = new TenantKeys(dataSource).findOrCreate("acme").id();
        for (int i = 0; i < 3; i++) {
            CuttableLine line = new CuttableLine(DeploymentStart.line(
                    setting("quarkus.datasource.jdbc.url"),
                    setting("quarkus.datasource.username"),
                    setting("quarkus.datasource.password")));
            nodes.add(new NodeUnderTest(line, transactions, rows, versions, warming, contents));
        }
        eventually(() -> assertThat(nodes).allMatch(NodeUnderTest::answering));
    }

    private static String setting(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }

    @AfterEach
    void stopNodes() {
        nodes.forEach(NodeUnderTest::close);
    }

    @Test
    void holdsUnderTrafficOnThreeNodes() throws Exception {
        String name = newAdapter(PROMOTIONS);
        promote(name, 1);
        returned = 1;
        ExecutorService clients = Executors.newCachedThreadPool();
        List<Future<List<NodeUnderTest.Answer>>> all = nodes.stream()
                .flatMap(node -> Stream.generate(() -> node).limit(CLIENTS_A_NODE))
                .map(node -> clients.submit(() -> callUntilStopped(node, name)))
                .toList();
        for (int version = 2; version <= PROMOTIONS; version++) {
            promote(name, version);
            returned = version;
        }
        stopping = true;
        for (Future<List<NodeUnderTest.Answer>> client : all) {
            List<NodeUnderTest.Answer> answers = client.get();
            assertThat(answers).isNotEmpty().allSatisfy(answer -> {
                assertThat(answer.version()).as("no call fails").isPresent();
                assertThat(answer.version().getAsInt()).isGreaterThanOrEqualTo(answer.promised());
            });
            List<Integer> inOrder =
                    answers.stream().map(answer -> answer.version().getAsInt()).toList();
            assertThat(inOrder).as("no node goes back").isSorted();
        }
        clients.shutdown();
    }

    private List<NodeUnderTest.Answer> callUntilStopped(NodeUnderTest node, String name) {
        List<NodeUnderTest.Answer> answers = new ArrayList<>();
        while (!stopping) {
            answers.add(node.classify(tenant, name, () -> returned));
        }
        return answers;
    }

    @Test
    void holdsForANodeThatIsCutOffAndDoesNotWaitForIt() throws SQLException {
        String name = newAdapter(2);
        NodeUnderTest lost = nodes.get(0);
        promote(name, 1);
        assertThat(version(lost, name)).hasValue(1);
        lost.line().cut();
        assertThat(version(lost, name)).as("its lease goes on for a while").hasValue(1);
        promote(name, 2);
        assertThat(version(lost, name)).as("it is fenced").isEmpty();
        assertThat(version(nodes.get(1), name)).hasValue(2);
        lost.line().mend();
        eventually(() -> assertThat(lost.answering()).isTrue());
        assertThat(version(lost, name)).as("it has caught up").hasValue(2);
    }

    @Test
    void aNodeThatLostItsRowStartsAnew() {
        String name = newAdapter(2);
        promote(name, 1);
        assertThat(version(nodes.get(0), name)).hasValue(1);
        transactions.run(tenant, () -> transactions.sql(connection -> Sql.update(connection, "DELETE FROM node")));
        eventually(() -> assertThat(nodes).allMatch(NodeUnderTest::answering));
        promote(name, 2);
        nodes.forEach(node -> eventually(() -> assertThat(version(node, name)).hasValue(2)));
    }

    private OptionalInt version(NodeUnderTest node, String name) {
        return node.classify(tenant, name, () -> 0).version();
    }
}
