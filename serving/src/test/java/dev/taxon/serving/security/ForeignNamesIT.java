package dev.taxon.serving.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.fixture.AdapterServerTest;
import dev.taxon.serving.fixture.AdapterZips;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.TenantContents;
import dev.taxon.serving.fixture.TenantRows;
import dev.taxon.serving.tenant.Scope;
import dev.taxon.serving.tenant.TenantKeys;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another tenant's names within bodies: what is there answers as if it were not, and stays as it is. */
@QuarkusTest
class ForeignNamesIT extends AdapterServerTest {
    private static final String DATASET = "<dataset>";
    private static final String ADAPTER = "<adapter>";

    @Inject
    TenantTransactions transactions;

    private House owner = House.EMPTY;
    private House stranger = House.EMPTY;

    /**
     * A tenant and what it has.
     *
     * @param served an adapter of two versions, the first of which answers
     */
    private record House(UUID tenant, String key, String dataset, String adapter, String served) {
        static final House EMPTY = new House(new UUID(0, 0), "", "", "", "");
    }

    /** A call with a name in it. */
    private record Naming(String path, String body) {
        String body(String dataset, String adapter) {
            return body.replace(DATASET, dataset).replace(ADAPTER, adapter);
        }
    }

    /** What an answer tells, with the names taken out. */
    private record Said(int status, String words) {}

    @BeforeEach
    void makeTenants() {
        owner = house();
        stranger = house();
    }

    private House house() {
        String id = UUID.randomUUID().toString();
        token = newKey("house-" + id, Scope.all()).token();
        UUID tenant = new TenantKeys(dataSource).findOrCreate("house-" + id).id();
        TenantRows.fill(transactions, tenant);
        House house = new House(tenant, token, "mails-" + id, "support-" + id, newName());
        transactions.sql(tenant, connection -> {
            Sql.update(connection, "UPDATE dataset SET name = ?", house.dataset());
            Sql.update(connection, "UPDATE adapter SET name = ?", house.adapter());
            Sql.update(connection, "UPDATE feedback SET adapter = ?, version = 1", house.adapter());
            return Sql.update(
                    connection,
                    "UPDATE adapter_version SET lineage = jsonb_build_object('request', jsonb_build_object("
                            + "'kind', 'lora', 'adapter', ?::text, 'dataset', ?::text, 'version', 1))",
                    house.adapter(),
                    house.dataset());
        });
        for (int version = 1; version <= 2; version++) {
            importVersion(house.served(), AdapterZips.of(id.hashCode() + version, LABELS));
        }
        promote(house.served(), 1);
        return house;
    }

    @Test
    void answerAsNamesThatNobodyHas() {
        Map<String, String> before = TenantContents.of(dataSource, owner.tenant());
        List<String> found = new ArrayList<>();
        List<Integer> statuses = new ArrayList<>();
        for (Naming naming : namings(stranger).toList()) {
            Said said = say(stranger, naming, owner.dataset(), owner.adapter());
            Said expected = sayOfNobodys(stranger, naming);
            statuses.add(said.status());
            if (!said.equals(expected)) {
                found.add(naming + ": " + said + " not " + expected);
            }
        }
        assertThat(found).isEmpty();
        assertThat(statuses)
                .as("a policy begins anew where there is no adapter; there is no feedback to take")
                .filteredOn(status -> status != 404)
                .containsExactly(201, 409);
        assertThat(TenantContents.of(dataSource, owner.tenant())).isEqualTo(before);
    }

    /** Without this the test above could pass for want of anybody who looks. */
    @Test
    void areFoundByTheirOwner() {
        List<Naming> unread = namings(owner)
                .filter(naming ->
                        say(owner, naming, owner.dataset(), owner.adapter()).equals(sayOfNobodys(owner, naming)))
                .toList();
        assertThat(unread).isEmpty();
    }

    /** Every field of a body that names a data set or an adapter, beside what is the caller's own. */
    private static Stream<Naming> namings(House caller) {
        String rows = "'dataset': '" + caller.dataset() + "'";
        String datasets = "'dataset': '" + DATASET + "'";
        String adapters = "'adapter': '" + ADAPTER;
        Stream<String> jobs = Stream.of(
                "{'kind': 'lora', 'adapter': 'fresh', " + datasets + "}",
                "{'kind': 'lora', 'adapter': 'fresh', " + datasets + ", 'version': 1}",
                "{'kind': 'ppo', 'adapter': 'fresh', " + datasets + "}",
                "{'kind': 'evaluate', " + datasets + "}",
                "{'kind': 'classify', 'labels': ['a', 'b'], " + datasets + "}",
                "{'kind': 'ppo', " + adapters + "', " + rows + "}",
                "{'kind': 'evaluate', " + adapters + "', " + rows + "}",
                "{'kind': 'evaluate', " + adapters + "@1', " + rows + "}",
                "{'kind': 'classify', " + adapters + "@1', " + rows + "}",
                "{'kind': 'classify', " + adapters + "@1', 'texts': ['a']}",
                "{'kind': 'lora', 'adapter': 'fresh', 'from': '" + ADAPTER + "', " + rows + "}",
                "{'kind': 'ppo', 'adapter': 'fresh', 'from': '" + ADAPTER + "@1', " + rows + "}",
                "{'retrain': '" + ADAPTER + "'}",
                "{'retrain': '" + ADAPTER + "@1'}",
                "{'retrain': '" + caller.adapter() + "@1', 'compare_on': '" + DATASET + "'}",
                "{'retrain': '" + caller.adapter() + "@1', 'compare_on': '" + DATASET + "@1'}");
        Stream<Naming> others = Stream.of(
                new Naming(
                        "/v1/adapters/" + caller.served() + "/promote",
                        "{'version': 2, 'require': 'better_than_active', 'dataset': '" + DATASET + "@1'}"),
                new Naming("/v1/datasets/" + caller.dataset() + "/versions", "{'feedback': {" + adapters + "'}}"),
                new Naming("/v1/classify", "{'texts': ['a'], 'labels': ['x', 'y'], " + adapters + "'}"),
                new Naming("/v1/classify", "{'inputs': [{'text': 'a', 'labels': ['x', 'y'], " + adapters + "'}]}"),
                new Naming(
                        "/v1/classify",
                        "{'inputs': [{'text': 'a', 'labels': ['x']}, {'text': 'b', " + adapters + "@1'}]}"));
        return Stream.concat(jobs.map(body -> new Naming("/v1/jobs", body)), others);
    }

    private Said sayOfNobodys(House caller, Naming naming) {
        String id = UUID.randomUUID().toString();
        return say(caller, naming, "mails-" + id, "support-" + id);
    }

    private Said say(House caller, Naming naming, String dataset, String adapter) {
        HttpResponse<String> answer = callAs(caller.key(), "POST", naming.path(), naming.body(dataset, adapter));
        JsonNode body = Http.json(answer);
        JsonNode words = answer.statusCode() < 400 ? body.path("request") : body.path("detail");
        return new Said(
                answer.statusCode(), words.toString().replace(dataset, DATASET).replace(adapter, ADAPTER));
    }
}
