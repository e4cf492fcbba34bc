package dev.taxon.serving.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.ServerTest;
import dev.taxon.serving.fixture.TenantContents;
import dev.taxon.serving.fixture.TenantRows;
import dev.taxon.serving.tenant.Scope;
import dev.taxon.serving.tenant.TenantKeys;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Walks every operation of the OpenAPI document as another tenant, with every identifier that the first one has: what is
 * there answers as if it were not. Operations that are added later are walked without a word here.
 */
@QuarkusTest
class ForeignIdentifiersIT extends ServerTest {
    private static final List<String> IDENTIFIERS = List.of(
            "SELECT name FROM dataset",
            "SELECT id FROM dataset_version",
            "SELECT min(id) FROM dataset_row",
            "SELECT number FROM dataset_version",
            "SELECT name FROM adapter",
            "SELECT id FROM adapter_version",
            "SELECT id FROM job",
            "SELECT id FROM feedback",
            "SELECT request_id FROM feedback",
            "SELECT id FROM webhook",
            "SELECT id FROM api_key LIMIT 1",
            "SELECT name FROM tenant",
            "SELECT id FROM tenant");

    @Inject
    TenantTransactions transactions;

    private UUID tenant = new UUID(0, 0);
    private UUID strangers = new UUID(0, 0);
    private String owner = "";
    private String stranger = "";
    private List<String> identifiers = List.of();
    private List<Operation> operations = List.of();

    @BeforeEach
    void makeTenants() {
        String name = "owner-" + UUID.randomUUID();
        owner = newKey(name, Scope.all()).token();
        String other = "stranger-" + UUID.randomUUID();
        stranger = newKey(other, Scope.all()).token();
        tenant = new TenantKeys(dataSource).findOrCreate(name).id();
        strangers = new TenantKeys(dataSource).findOrCreate(other).id();
        TenantRows.fill(transactions, tenant);
        identifiers = identifiers(tenant);
        operations = operations(Http.json(Http.send(Http.to("/q/openapi?format=json"))));
    }

    private List<String> identifiers(UUID whose) {
        return IDENTIFIERS.stream()
                .map(query -> transactions
                        .sql(whose, connection -> Sql.first(connection, query, row -> row.getString(1)))
                        .orElseThrow())
                .toList();
    }

    @Test
    void whatIsAnotherTenantsAnswersAsWhatNobodyHas() {
        Map<String, String> before = TenantContents.of(dataSource, tenant);
        List<String> found = new ArrayList<>();
        int notFound = 0;
        for (Operation operation : operations) {
            if (operation.parameters() > 0 && !operation.admin()) {
                List<String> foreign = operation.paths(identifiers);
                List<String> nobodys = operation.paths(
                        identifiers.stream().map(ForeignIdentifiersIT::alike).toList());
                for (int i = 0; i < foreign.size(); i++) {
                    Said said = say(operation, foreign.get(i));
                    Said expected = say(operation, nobodys.get(i));
                    notFound += said.status() == 404 ? 1 : 0;
                    if (!said.equals(expected) || said.status() < 400) {
                        found.add(operation.method() + " " + foreign.get(i) + ": " + said + " not " + expected);
                    }
                }
            }
        }
        assertThat(found).isEmpty();
        assertThat(notFound).isGreaterThan(20 * identifiers.size());
        assertThat(TenantContents.of(dataSource, tenant)).isEqualTo(before);
    }

    /** Where a page begins is an identifier, too. */
    @Test
    void pagesThatBeginAfterWhatIsAnotherTenantsHaveNothingOfIt() {
        TenantRows.fill(transactions, strangers);
        List<String> own = identifiers(strangers);
        List<String> foreign = telling(identifiers);
        int walked = 0;
        for (Operation operation : operations) {
            if (operation.paged() && !operation.admin()) {
                for (String path : operation.paths(own)) {
                    if (call(stranger, operation, path).statusCode() == 200) {
                        walked++;
                        begin(operation, path, foreign);
                    }
                }
            }
        }
        assertThat(walked).isGreaterThan(6);
    }

    private void begin(Operation operation, String path, List<String> foreign) {
        for (String after : identifiers) {
            HttpResponse<String> page = call(stranger, operation, path + "?after=" + after);
            assertThat(page.statusCode()).as(path + " after " + after).isIn(200, 400);
            assertThat(Http.json(page).path("items").toString())
                    .as(path + " after " + after)
                    .doesNotContain(foreign);
        }
    }

    /** Those that no other tenant has: names that every tenant here has, and small numbers, tell nothing. */
    private static List<String> telling(List<String> identifiers) {
        return identifiers.stream().filter(value -> value.length() >= 16).toList();
    }

    /** What an answer tells. */
    private record Said(int status, String detail) {}

    private Said say(Operation operation, String path) {
        HttpResponse<String> answer = call(stranger, operation, path);
        return new Said(answer.statusCode(), Http.json(answer).path("detail").asText());
    }

    /** An identifier of the same kind that nobody has. */
    private static String alike(String identifier) {
        if (identifier.matches("[0-9]+")) {
            return "999999";
        }
        return identifier.length() == 36 ? UUID.randomUUID().toString() : "nobodys-" + identifier;
    }

    /** Without this the test above could pass for want of identifiers. */
    @Test
    void theOwnerFindsIt() {
        List<String> missing = new ArrayList<>();
        for (Operation operation : operations) {
            if (operation.method().equals("GET") && operation.parameters() > 0 && !operation.admin()) {
                boolean any = operation.paths(identifiers).stream()
                        .map(path -> call(owner, operation, path).statusCode())
                        .anyMatch(status -> status < 400 || status == 409);
                if (!any) {
                    missing.add(operation.template());
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void listsHaveNothingOfAnotherTenants() {
        List<String> own =
                identifiers.stream().filter(value -> value.length() > 2).toList();
        for (Operation operation : operations) {
            if (operation.method().equals("GET") && operation.parameters() == 0 && !operation.admin()) {
                HttpResponse<String> answer = call(stranger, operation, operation.template());
                assertThat(answer.statusCode()).as(operation.template()).isEqualTo(200);
                assertThat(answer.body()).as(operation.template()).doesNotContain(own);
            }
        }
    }

    @Test
    void whatIsOperatorsIsForbidden() {
        List<Operation> admin = operations.stream().filter(Operation::admin).toList();
        assertThat(admin).hasSizeGreaterThan(8);
        for (Operation operation : admin) {
            for (String path : operation.paths(identifiers)) {
                assertThat(call(stranger, operation, path).statusCode())
                        .as(operation.method() + " " + path)
                        .isEqualTo(403);
            }
        }
    }

    private static HttpResponse<String> call(String key, Operation operation, String path) {
        HttpRequest.Builder request = Http.to(path).header("Authorization", "Bearer " + key);
        if (operation.type().isEmpty()) {
            return Http.send(request.method(operation.method(), BodyPublishers.noBody()));
        }
        return Http.send(request.header("Content-Type", operation.type())
                .method(operation.method(), BodyPublishers.ofString(operation.body())));
    }

    private static List<Operation> operations(JsonNode document) {
        List<Operation> operations = new ArrayList<>();
        document.get("paths")
                .fields()
                .forEachRemaining(path -> path.getValue()
                        .fields()
                        .forEachRemaining(method -> operations.add(
                                Operation.of(path.getKey(), method.getKey(), method.getValue(), document))));
        return operations.stream()
                .filter(operation -> operation.template().startsWith("/v1/"))
                .toList();
    }
}
