package dev.taxon.serving.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.sdk.wire.Verdict;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.dataset.DatasetImport;
import dev.taxon.serving.dataset.DatasetVersions;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.fixture.ServerTest;
import dev.taxon.serving.tenant.Scope;
import dev.taxon.serving.tenant.TenantKeys;
import dev.taxon.training.policy.FeedbackRow;
import dev.taxon.training.policy.FeedbackStream;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people say of answers, and what becomes of it. Single quotes stand for double ones. */
@QuarkusTest
class FeedbackIT extends ServerTest {
    private static final String SECRET = "zanzibar";

    @Inject
    TenantTransactions transactions;

    @Inject
    FeedbackStore store;

    @Inject
    FeedbackRows rows;

    @Inject
    DatasetImport imports;

    @Inject
    DatasetVersions versions;

    @TempDir
    Path folder = Path.of("");

    private UUID tenant = new UUID(0, 0);

    @BeforeEach
    void makeTenant() {
        String name = "t" + UUID.randomUUID();
        token = newKey(name, Scope.all()).token();
        tenant = new TenantKeys(dataSource).findOrCreate(name).id();
        settings("{'capture_texts': true, 'feedback': true}");
    }

    @Test
    void isOffUntilItIsTurnedOn() {
        settings("{'capture_texts': true}");
        classify("r1", "zanzibar text");
        Problem problem = Problems.expect(ErrorCode.CONFLICT, accept("r1"));
        assertThat(problem.detail()).contains("PUT /v1/settings");
    }

    @Test
    void storesWhatIsSaidRightAfterTheAnswer() {
        String predicted = classify("r1", "zanzibar text");
        JsonNode stored = Http.json(accept("r1"));
        assertThat(stored.get("predicted").get(0).asText()).isEqualTo(predicted);
        assertThat(stored.get("labels").get(0).asText()).isEqualTo(predicted);
        assertThat(stored.toString()).doesNotContain(SECRET);
        assertThat(judged()).singleElement().satisfies(judged -> {
            assertThat(judged.text()).isEqualTo("zanzibar text");
            assertThat(judged.offered()).containsExactly("x", "y", "z");
        });
    }

    @Test
    void replacesWhatWasSaidBefore() {
        String predicted = classify("r1", "zanzibar text");
        accept("r1");
        assertThat(post("{'request_id': 'r1', 'index': 0, 'verdict': 'rejected'}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(judged()).singleElement().satisfies(judged -> {
            assertThat(judged.verdict()).isEqualTo(Verdict.REJECTED);
            assertThat(judged.labels()).isEmpty();
        });
        post("{'request_id': 'r1', 'index': 0, 'verdict': 'corrected', 'labels': ['" + other(predicted) + "']}");
        assertThat(judged())
                .singleElement()
                .satisfies(judged -> assertThat(judged.labels()).containsExactly(other(predicted)));
    }

    @Test
    void takesTheTextWhereItWasNotKept() {
        settings("{'feedback': true}");
        classify("r1", "zanzibar text");
        Problem problem = Problems.expect(ErrorCode.INVALID_REQUEST, accept("r1"));
        assertThat(problem.at()).isEqualTo("text");
        assertThat(post("{'request_id': 'r1', 'index': 0, 'verdict': 'accepted', 'text': 'zanzibar text'}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(judged())
                .singleElement()
                .satisfies(judged -> assertThat(judged.text()).isEqualTo("zanzibar text"));
    }

    @Test
    void takesALabelledTextWhereNothingWasKept() {
        String call = "{'request_id': 'unknown', 'index': 0, 'verdict': 'corrected'";
        Problem problem = Problems.expect(ErrorCode.NOT_FOUND, post(call + ", 'labels': ['x']}"));
        assertThat(problem.detail()).contains("text", "labels");
        Problems.expect(ErrorCode.NOT_FOUND, post(call.replace("corrected", "rejected") + ", 'text': 'zanzibar'}"));
        assertThat(post(call + ", 'labels': ['x'], 'text': 'zanzibar'}").statusCode())
                .isEqualTo(200);
        assertThat(judged())
                .singleElement()
                .satisfies(judged -> assertThat(judged.offered()).isEmpty());
    }

    @Test
    void knowsNoAnswersOfOtherTenants() {
        classify("r1", "zanzibar text");
        String name = "t" + UUID.randomUUID();
        token = newKey(name, Scope.all()).token();
        settings("{'capture_texts': true, 'feedback': true}");
        Problems.expect(ErrorCode.NOT_FOUND, accept("r1"));
    }

    @Test
    void refusesWhatDoesNotFitTheAnswer() {
        String predicted = classify("r1", "zanzibar text");
        refused("labels", "'verdict': 'accepted', 'labels': ['" + other(predicted) + "']");
        refused("labels", "'verdict': 'rejected', 'labels': ['x']");
        refused("labels", "'verdict': 'corrected'");
        refused("labels[1]", "'verdict': 'corrected', 'labels': ['x', 'zanzibar']");
        refused("labels[1]", "'verdict': 'corrected', 'labels': ['x', 'x']");
        refused("labels[0]", "'verdict': 'corrected', 'labels': ['\\u0000']");
        refused("labels[0]", "'verdict': 'corrected', 'labels': [' ']");
        refused("text", "'verdict': 'accepted', 'text': 'zanzibar \\ud800'");
        refused("text", "'verdict': 'accepted', 'text': ' '");
        refused("verdict", "'verdict': 'maybe'");
        refused("verdict", "'labels': ['x']");
        Problems.expect(ErrorCode.INVALID_REQUEST, post("{'request_id': 'r1', 'index': -1, 'verdict': 'accepted'}"));
        Problems.expect(
                ErrorCode.UNKNOWN_FIELD, post("{'request_id': 'r1', 'index': 0, 'verdict': 'accepted', 'by': 'me'}"));
        assertThat(judged()).isEmpty();
    }

    @Test
    void isForKeysThatMayJudge() {
        token = newKey("acme", EnumSet.complementOf(EnumSet.of(Scope.FEEDBACK))).token();
        Problems.expect(ErrorCode.FORBIDDEN, accept("r1"));
    }

    @Test
    void becomesADatasetVersion() throws IOException {
        judge("a", Verdict.ACCEPTED, List.of("x"), List.of("x"), "support");
        judge("b", Verdict.CORRECTED, List.of("y"), List.of("x"), "support");
        judge("c", Verdict.REJECTED, List.of(), List.of("x"), "support");
        judge("d", Verdict.CORRECTED, List.of("z"), List.of("x"), "other");
        String dataset = "d" + UUID.randomUUID();
        send("POST", "/v1/datasets", "{'name': '" + dataset + "'}");
        String path = "/v1/datasets/" + dataset + "/versions";
        JsonNode version = Http.json(send("POST", path, "{'feedback': {'adapter': 'support'}}"));
        assertThat(version.get("source").asText()).isEqualTo("feedback");
        assertThat(version.get("version").asInt()).isEqualTo(1);
        imports.run(tenant, id(dataset, 1), () -> false);
        Path file = folder.resolve("rows.jsonl");
        versions.writeJsonl(tenant, id(dataset, 1), file);
        assertThat(Files.readAllLines(file))
                .containsExactlyInAnyOrder(
                        "{\"text\":\"text a\",\"true_labels\":[\"x\"],\"all_labels\":[\"x\",\"y\",\"z\"]}",
                        "{\"text\":\"text b\",\"true_labels\":[\"y\"],\"all_labels\":[\"x\",\"y\",\"z\"]}");
        send("POST", path, "{'feedback': {}}");
        imports.run(tenant, id(dataset, 2), () -> false);
        assertThat(versions.writeJsonl(tenant, id(dataset, 2), file)).isEqualTo(3);
    }

    @Test
    void becomesNoVersionWithoutRows() {
        judge("c", Verdict.REJECTED, List.of(), List.of("x"), "support");
        String dataset = "d" + UUID.randomUUID();
        send("POST", "/v1/datasets", "{'name': '" + dataset + "'}");
        String path = "/v1/datasets/" + dataset + "/versions";
        Problems.expect(ErrorCode.CONFLICT, send("POST", path, "{'feedback': {'adapter': 'support'}}"));
        Problems.expect(ErrorCode.INVALID_REQUEST, send("POST", path, "{}"));
        Problems.expect(ErrorCode.INVALID_REQUEST, send("POST", path, "{'feedback': null}"));
        Problems.expect(ErrorCode.NOT_FOUND, send("POST", "/v1/datasets/none/versions", "{'feedback': {}}"));
        assertThat(Http.json(send("GET", path, null)).get("items")).isEmpty();
    }

    @Test
    void isWrittenForTrainingFromRewards() {
        judge("a", Verdict.ACCEPTED, List.of("x"), List.of("x"), "support");
        judge("b", Verdict.CORRECTED, List.of(), List.of("x"), "support");
        judge("c", Verdict.REJECTED, List.of(), List.of("y"), "support");
        judge("d", Verdict.ACCEPTED, List.of("x"), List.of("x"), "other");
        Path file = folder.resolve("feedback.jsonl");
        assertThat(rows.writeJsonl(tenant, "support", file)).isEqualTo(3);
        assertThat(read(file))
                .extracting(FeedbackRow::verdict)
                .containsExactlyInAnyOrder(
                        FeedbackRow.Verdict.ACCEPTED, FeedbackRow.Verdict.CORRECTED, FeedbackRow.Verdict.REJECTED);
        Instant before = Instant.now().minusSeconds(3_600);
        assertThat(rows.writeJsonl(tenant, "support", before, file)).isZero();
    }

    private static List<FeedbackRow> read(Path file) {
        List<FeedbackRow> found = new ArrayList<>();
        try (FeedbackStream stream = FeedbackStream.open(file)) {
            for (FeedbackRow row = stream.next(); row != null; row = stream.next()) {
                found.add(row);
            }
        }
        return found;
    }

    private List<JudgedAnswer> judged() {
        List<JudgedAnswer> found = new ArrayList<>();
        store.read(tenant, null, Instant.now().plusSeconds(60), found::add);
        return found;
    }

    private void judge(String word, Verdict verdict, List<String> labels, List<String> predicted, String adapter) {
        store.put(
                tenant,
                new JudgedAnswer(
                        "r-" + word,
                        0,
                        verdict,
                        "text " + word,
                        labels,
                        predicted,
                        List.of("x", "y", "z"),
                        adapter,
                        1));
    }

    private UUID id(String dataset, int number) {
        String select = "SELECT v.id FROM dataset_version v JOIN dataset d ON d.id = v.dataset_id"
                + " WHERE d.name = ? AND v.number = ?";
        return transactions.sql(
                tenant,
                connection -> Sql.first(connection, select, row -> row.getObject(1, UUID.class), dataset, number)
                        .orElseThrow());
    }

    private static String other(String label) {
        return label.equals("x") ? "y" : "x";
    }

    private String classify(String request, String text) {
        String body = "{\"texts\": [\"" + text + "\"], \"labels\": [\"x\", \"y\", \"z\"]}";
        return Http.json(Http.send(Http.classify(token, body).header("X-Request-Id", request)))
                .at("/results/0/predictions/0/label")
                .asText();
    }

    private HttpResponse<String> accept(String request) {
        return post("{'request_id': '" + request + "', 'index': 0, 'verdict': 'accepted'}");
    }

    private void refused(String at, String fields) {
        HttpResponse<String> response = post("{'request_id': 'r1', 'index': 0, " + fields + "}");
        Problem problem = Problems.expect(ErrorCode.INVALID_REQUEST, response);
        assertThat(problem.at()).as(response.body()).isEqualTo(at);
        assertThat(response.body()).doesNotContain(SECRET);
    }

    private void settings(String json) {
        assertThat(send("PUT", "/v1/settings", json).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> post(String json) {
        return send("POST", "/v1/feedback", json);
    }

    private HttpResponse<String> send(String method, String path, @Nullable String json) {
        return Http.send(Http.to(path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json.replace('\'', '"'))));
    }
}
