package dev.taxon.serving.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Verdict;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.dataset.DatasetImport;
import dev.taxon.serving.dataset.DatasetVersions;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.training.policy.FeedbackRow;
import dev.taxon.training.policy.FeedbackStream;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of feedback: rows of a data set, and what training from rewards reads. */
@QuarkusTest
class FeedbackUseIT extends FeedbackServerTest {
    @Inject
    FeedbackRows rows;

    @Inject
    DatasetImport imports;

    @Inject
    DatasetVersions versions;

    @TempDir
    Path folder = Path.of("");

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

    private void judge(String word, Verdict verdict, List<String> labels, List<String> predicted, String adapter) {
        transactions.run(
                tenant,
                () -> store.put(new JudgedAnswer(
                        "r-" + word,
                        0,
                        verdict,
                        "text " + word,
                        labels,
                        predicted,
                        List.of("x", "y", "z"),
                        adapter,
                        1)));
    }

    private UUID id(String dataset, int number) {
        String select = "SELECT v.id FROM dataset_version v JOIN dataset d ON d.id = v.dataset_id"
                + " WHERE d.name = ? AND v.number = ?";
        return transactions.sql(
                tenant,
                connection -> Sql.first(connection, select, row -> row.getObject(1, UUID.class), dataset, number)
                        .orElseThrow());
    }
}
