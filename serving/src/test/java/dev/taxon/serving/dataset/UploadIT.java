package dev.taxon.serving.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.sdk.wire.DatasetFormat;
import dev.taxon.sdk.wire.DatasetSource;
import dev.taxon.sdk.wire.DatasetVersion;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.WireJson;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.LoggedErrors;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.fixture.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files on their way in: streamed, stored as they are, and nothing of those that broke off. */
@QuarkusTest
class UploadIT extends DatasetServerTest {
    private static final int CHUNK = ChunkWriter.CHUNK_BYTES;
    private static final String RECEIVING = "SELECT v.id FROM dataset_version v JOIN dataset d ON d.id = v.dataset_id"
            + " WHERE v.state = 'receiving' AND d.name = ?";

    @Inject
    UploadStore store;

    @Inject
    UploadSweep sweep;

    @Test
    void storesAFileAsItIsWithAJobToReadIt() throws Exception {
        byte[] file = new byte[2 * CHUNK + 12_345];
        new Random(7).nextBytes(file);
        JsonNode version = Http.json(upload(PARQUET, file));
        assertThat(version.get("version").asInt()).isEqualTo(1);
        assertThat(version.get("state").asText()).isEqualTo("stored");
        assertThat(version.get("format").asText()).isEqualTo("parquet");
        assertThat(version.get("source").asText()).isEqualTo("upload");
        assertThat(version.get("bytes").asInt()).isEqualTo(file.length);
        assertThat(version.get("sha256").asText())
                .isEqualTo(HexFormat.of().formatHex(ChunkWriter.sha256().digest(file)));
        String job = version.get("job").asText();
        assertThat(count("job", "id = ?::uuid AND kind = 'import' AND dataset_version_id = ?", job, id(1)))
                .isEqualTo(1);
        assertThat(count("dataset_chunk", "version_id = ? AND length(data) <= ?", id(1), CHUNK))
                .isEqualTo(3);
        assertThat(count("dataset_chunk", "version_id = ? AND position = 2 AND length(data) = 12345", id(1)))
                .isEqualTo(1);
        assertThat(WireJson.read(get(version(1)).body(), DatasetVersion.class).version())
                .isEqualTo(1);
    }

    @Test
    void takesABodyWithoutALength() {
        HttpResponse<String> response = Http.send(authorized(versions())
                .header("Content-Type", JSONL)
                .POST(BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(ROWS.getBytes(StandardCharsets.UTF_8)))));
        assertThat(read(response).get("rows").asInt()).isEqualTo(3);
    }

    @Test
    void takesMoreThanABodyOfJsonMayHave() {
        byte[] file = new byte[11 << 20];
        assertThat(upload(CSV, file).statusCode()).isEqualTo(201);
        Problems.expect(ErrorCode.PAYLOAD_TOO_LARGE, upload("application/json", file));
    }

    @Test
    void numbersVersionsOneAfterTheOther() {
        List<CompletableFuture<HttpResponse<String>>> uploads = IntStream.range(0, 8)
                .mapToObj(i -> Http.sendLater(
                        authorized(versions()).header("Content-Type", JSONL).POST(BodyPublishers.ofString(ROWS))))
                .toList();
        assertThat(uploads.stream()
                        .map(upload -> Http.json(upload.join()).get("version").asInt()))
                .containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8);
        delete(version(8));
        assertThat(Http.json(upload(ROWS)).get("version").asInt()).isEqualTo(9);
        JsonNode page = Http.json(get(versions() + "?limit=3&after=2"));
        assertThat(page.findValuesAsText("version")).containsExactly("3", "4", "5");
        assertThat(page.get("next").asText()).isEqualTo("5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "text/csv; charset=latin1", "application/zip"})
    void takesNoOtherTypes(String type) {
        Problems.expect(ErrorCode.UNSUPPORTED_MEDIA_TYPE, upload(type, ROWS.getBytes(StandardCharsets.UTF_8)));
        assertNothingLeft();
    }

    @Test
    void takesNoFileWithoutAType() {
        Problems.expect(
                ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                Http.send(authorized(versions()).POST(BodyPublishers.ofString(ROWS))));
    }

    @Test
    void refusesWhatIsNoFile() {
        Problems.expect(ErrorCode.INVALID_REQUEST, upload(""));
        Problems.expect(ErrorCode.INVALID_REQUEST, upload(JSONL, new byte[] {0x1f, (byte) 0x8b, 8, 0}));
        assertNothingLeft();
    }

    @Test
    void refusesAFileThatAnnouncesItselfAsTooLarge() throws Exception {
        try (RawHttp connection = new RawHttp()) {
            connection.sendHead("POST " + versions() + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + CSV
                    + "\r\nAuthorization: Bearer " + token + "\r\nContent-Length: 1073741825\r\nConnection: close");
            assertThat(connection.answerUpTo("payload_too_large")).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void leavesNothingOfAnUploadThatBreaksOff() throws Exception {
        try (LoggedErrors errors = new LoggedErrors()) {
            try (RawHttp connection = new RawHttp()) {
                connection.sendHead("POST " + versions() + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + JSONL
                        + "\r\nAuthorization: Bearer " + token + "\r\nContent-Length: 9000000");
                connection.sendMore("x".repeat(2 * CHUNK + CHUNK / 2));
                await(() -> count("dataset_chunk", "version_id IN (" + RECEIVING + ")", name) == 2);
                assertThat(Http.json(get(versions())).get("items")).isEmpty();
            }
            await(() -> count("dataset_version", "id IN (" + RECEIVING + ")", name) == 0);
            assertThat(errors.messages()).isEmpty();
        }
        assertThat(Http.json(upload(ROWS)).get("version").asInt()).isEqualTo(1);
    }

    @Test
    void sweepsUploadsWhoseServerDied() {
        UUID left = store.begin(tenant, name, DatasetFormat.CSV, DatasetSource.UPLOAD, 0);
        UUID living = store.begin(tenant, name, DatasetFormat.CSV, DatasetSource.UPLOAD, 0);
        store.add(tenant, left, 0, new byte[] {1}, 1);
        String age = "UPDATE dataset_version SET touched_at = now() - interval '2 hours' WHERE id = ?";
        transactions.sql(tenant, connection -> Sql.update(connection, age, left));
        sweep.run();
        assertThat(count("dataset_version", "id = ?", left)).isZero();
        assertThat(count("dataset_chunk", "version_id = ?", left)).isZero();
        assertThat(count("dataset_version", "id = ?", living)).isEqualTo(1);
    }

    private void assertNothingLeft() {
        assertThat(count("dataset_version", "dataset_id = (SELECT id FROM dataset WHERE name = ?)", name))
                .isZero();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 1_000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
