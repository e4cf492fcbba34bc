package dev.taxon.serving.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.core.Mode;
import dev.taxon.core.adapter.AdapterFolder;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.fixture.AdapterServerTest;
import dev.taxon.serving.fixture.AdapterZips;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.model.BaseCheckpoints;
import dev.taxon.serving.tenant.Scope;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;

/** Folders come in as zips from strangers, and go out as they came. */
@QuarkusTest
class AdapterImportIT extends AdapterServerTest {
    @Inject
    BaseCheckpoints bases;

    @Test
    void showsWhatWasImported() {
        String name = newName();
        byte[] zip = AdapterZips.zip(AdapterZips.files(AdapterZips.adapter(
                1, LABELS, Mode.MULTI_LABEL, Optional.of(bases.current().digest()))));
        JsonNode created = Http.json(importVersion(name, zip));
        JsonNode version = Http.json(call("GET", "/v1/adapters/" + name + "/versions/1", ""));
        assertThat(version).isEqualTo(created);
        assertThat(version.at("/adapter").asText()).isEqualTo(name);
        assertThat(version.at("/version").asInt()).isEqualTo(1);
        assertThat(version.at("/digest").asText()).matches("[0-9a-f]{64}");
        assertThat(version.at("/base/verified").asBoolean()).isTrue();
        assertThat(version.at("/labels/1").asText()).isEqualTo("delivery");
        assertThat(version.at("/mode").asText()).isEqualTo("multi-label");
        assertThat(version.at("/rank").asInt()).isEqualTo(2);
        assertThat(version.at("/bytes").asLong()).isPositive();
        assertThat(version.at("/source").asText()).isEqualTo("import");
        assertThat(version.at("/lineage/base_digest").asText())
                .isEqualTo(bases.current().digest());
        JsonNode adapter = Http.json(call("GET", "/v1/adapters/" + name, ""));
        assertThat(adapter.at("/latest").asInt()).isEqualTo(1);
        assertThat(adapter.at("/deployment").has("active")).isFalse();
    }

    @Test
    void exportsTheSameContentAsWasImported() throws Exception {
        String name = newName();
        Map<String, byte[]> files = AdapterZips.files(AdapterZips.adapter(
                7, LABELS, Mode.SINGLE_LABEL, Optional.of(bases.current().digest())));
        String digest = Http.json(importVersion(name, AdapterZips.zip(files)))
                .at("/digest")
                .asText();
        byte[] exported = export(name, 1);
        Map<String, byte[]> unpacked = unpack(exported);
        assertThat(unpacked.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        files.keySet().stream().map(file -> name + "/" + file).toList());
        files.forEach(
                (file, bytes) -> assertThat(unpacked.get(name + "/" + file)).isEqualTo(bytes));
        assertThat(Http.json(importVersion(newName(), exported)).at("/digest").asText())
                .isEqualTo(digest);
    }

    @Test
    void leavesTheBaseUnverifiedWhereTheFolderDoesNotSay() {
        Map<String, byte[]> files = folder();
        files.remove(AdapterFolder.SETTINGS);
        JsonNode version = Http.json(importVersion(newName(), AdapterZips.zip(files)));
        assertThat(version.at("/base/verified").asBoolean()).isFalse();
        assertThat(version.at("/labels")).isEmpty();
    }

    @Test
    void givesNoNumberTwice() {
        String name = newAdapter(2);
        assertThat(call("DELETE", "/v1/adapters/" + name + "/versions/2", "").statusCode())
                .isEqualTo(204);
        assertThat(Http.json(importVersion(name, AdapterZips.of(3, LABELS)))
                        .at("/version")
                        .asInt())
                .isEqualTo(3);
        assertThat(call("DELETE", "/v1/adapters/" + name, "").statusCode()).isEqualTo(204);
        Problems.expect(ErrorCode.NOT_FOUND, call("GET", "/v1/adapters/" + name, ""));
        assertThat(Http.json(importVersion(name, AdapterZips.of(4, LABELS)))
                        .at("/version")
                        .asInt())
                .isEqualTo(4);
    }

    @Test
    void listsInPages() {
        String name = newAdapter(3);
        JsonNode first = Http.json(call("GET", "/v1/adapters/" + name + "/versions?limit=2", ""));
        assertThat(first.at("/items").findValuesAsText("version")).containsExactly("1", "2");
        String next = "/v1/adapters/" + name + "/versions?limit=2&after="
                + first.at("/next").asText();
        JsonNode second = Http.json(call("GET", next, ""));
        assertThat(second.at("/items").findValuesAsText("version")).containsExactly("3");
        assertThat(second.has("next")).isFalse();
        assertThat(Http.json(call("GET", "/v1/adapters?limit=1000", ""))
                        .at("/items")
                        .findValuesAsText("name"))
                .contains(name);
    }

    @Test
    void hidesAdaptersOfOthers() {
        String name = newAdapter(1);
        String theirs = newKey("globex", Scope.all()).token();
        for (String path : List.of("", "/versions", "/versions/1", "/versions/1/export", "/comparison")) {
            Problems.expect(ErrorCode.NOT_FOUND, callAs(theirs, "GET", "/v1/adapters/" + name + path, ""));
        }
        Problems.expect(ErrorCode.NOT_FOUND, callAs(theirs, "DELETE", "/v1/adapters/" + name, ""));
        Problems.expect(ErrorCode.NOT_FOUND, callAs(theirs, "DELETE", "/v1/adapters/" + name + "/versions/1", ""));
        Problems.expect(
                ErrorCode.NOT_FOUND, callAs(theirs, "POST", "/v1/adapters/" + name + "/promote", "{'version': 1}"));
        assertThat(Http.json(callAs(theirs, "GET", "/v1/adapters?limit=1000", ""))
                        .at("/items")
                        .findValuesAsText("name"))
                .doesNotContain(name);
    }

    @Test
    void asksForTheScopeToManage() {
        String name = newAdapter(1);
        String reader = newKey("acme", Set.of(Scope.CLASSIFY)).token();
        assertThat(callAs(reader, "GET", "/v1/adapters/" + name, "").statusCode())
                .isEqualTo(200);
        Problems.expect(ErrorCode.FORBIDDEN, callAs(reader, "DELETE", "/v1/adapters/" + name, ""));
        Problems.expect(ErrorCode.FORBIDDEN, callAs(reader, "GET", "/v1/adapters/" + name + "/versions/1/export", ""));
    }

    @Test
    void refusesNamesThatAreNone() {
        for (String name : List.of("%F0%9F%98%80", "-a", "a".repeat(64), "a%20b")) {
            assertThat(Problems.expect(ErrorCode.INVALID_REQUEST, importVersion(name, AdapterZips.of(1, LABELS)))
                            .at())
                    .isEqualTo("name");
        }
    }

    @Test
    void refusesWhatIsNoZip() {
        refused("This is no zip.".getBytes(StandardCharsets.UTF_8), "no zip");
        refused(new byte[0], "no zip");
        byte[] whole = AdapterZips.of(1, LABELS);
        refused(Arrays.copyOf(whole, whole.length / 2), "no zip");
    }

    @Test
    void refusesOtherFilesAndPathsThatClimb() {
        for (String file : List.of(
                "model.bin",
                "../" + AdapterFolder.CONFIG,
                "/" + "etc/" + AdapterFolder.CONFIG,
                "a/b/" + AdapterFolder.CONFIG,
                "..\\" + AdapterFolder.CONFIG,
                "../../../../tmp/taxon-climbed")) {
            Map<String, byte[]> files = folder();
            files.put(file, new byte[] {1});
            refused(AdapterZips.zip(files), "");
        }
    }

    @Test
    void refusesFilesTwice() {
        Map<String, byte[]> files = folder();
        files.put("folder/" + AdapterFolder.CONFIG, files.get(AdapterFolder.CONFIG));
        refused(AdapterZips.zip(files), "twice");
    }

    @Test
    void refusesLinks() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            ZipArchiveEntry link = new ZipArchiveEntry(AdapterFolder.CONFIG);
            link.setUnixMode(0120777);
            zip.putArchiveEntry(link);
            zip.write("/etc/passwd".getBytes(StandardCharsets.UTF_8));
            zip.closeArchiveEntry();
        }
        refused(bytes.toByteArray(), "link");
    }

    @Test
    void refusesBombs() throws IOException {
        Map<String, byte[]> files = folder();
        files.put(AdapterFolder.WEIGHTS, new byte[AdapterZips.MOST_BYTES + 1]);
        byte[] bomb = AdapterZips.zip(files);
        assertThat(bomb.length).isLessThan(AdapterZips.MOST_BYTES / 100);
        Problems.expect(ErrorCode.PAYLOAD_TOO_LARGE, importVersion(newName(), bomb));
    }

    @Test
    void refusesBodiesThatAreTooLarge() {
        Problems.expect(ErrorCode.PAYLOAD_TOO_LARGE, importVersion(newName(), new byte[AdapterZips.MOST_BYTES + 1]));
    }

    @Test
    void refusesHeadersThatLie() {
        Map<String, byte[]> files = folder();
        byte[] weights = Arrays.copyOf(folder().get(AdapterFolder.WEIGHTS), AdapterZips.MOST_BYTES / 2);
        weights[6] = 0x7f;
        files.put(AdapterFolder.WEIGHTS, weights);
        refused(AdapterZips.zip(files), AdapterFolder.WEIGHTS);
        files.put(AdapterFolder.WEIGHTS, Arrays.copyOf(folder().get(AdapterFolder.WEIGHTS), 500));
        refused(AdapterZips.zip(files), AdapterFolder.WEIGHTS);
    }

    @Test
    void refusesFoldersThatAreNotWhole() {
        for (String missing : List.of(AdapterFolder.CONFIG, AdapterFolder.WEIGHTS)) {
            Map<String, byte[]> files = folder();
            files.remove(missing);
            refused(AdapterZips.zip(files), missing);
        }
    }

    @Test
    void refusesAdaptersOfAnotherBase() {
        byte[] zip = AdapterZips.zip(
                AdapterZips.files(AdapterZips.adapter(1, LABELS, Mode.SINGLE_LABEL, Optional.of("another"))));
        refused(zip, "trained on the base another");
    }

    @Test
    void leavesNothingOfWhatItRefused() {
        String name = newName();
        importVersion(name, "This is no zip.".getBytes(StandardCharsets.UTF_8));
        Problems.expect(ErrorCode.NOT_FOUND, call("GET", "/v1/adapters/" + name, ""));
    }

    private void refused(byte[] zip, String words) {
        assertThat(Problems.expect(ErrorCode.INVALID_REQUEST, importVersion(newName(), zip))
                        .detail())
                .contains(words)
                .doesNotContain("taxon-adapter", "/tmp");
    }

    private static Map<String, byte[]> folder() {
        return new LinkedHashMap<>(
                AdapterZips.files(AdapterZips.adapter(1, LABELS, Mode.SINGLE_LABEL, Optional.empty())));
    }

    private byte[] export(String name, int version) throws Exception {
        HttpResponse<byte[]> response = HttpClient.newHttpClient()
                .send(
                        Http.to("/v1/adapters/" + name + "/versions/" + version + "/export")
                                .header("Authorization", "Bearer " + token)
                                .method("GET", BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/zip");
        return response.body();
    }

    private static Map<String, byte[]> unpack(byte[] zip) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                files.put(entry.getName(), entries.readAllBytes());
            }
        }
        return files;
    }
}
