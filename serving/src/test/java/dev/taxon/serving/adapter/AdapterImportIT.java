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
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** Folders come in as zips, and go out as they came. */
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
        Map<String, byte[]> files = AdapterZips.folder(LABELS);
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

    private byte[] export(String name, int version) {
        HttpResponse<byte[]> response = Http.send(
                Http.to("/v1/adapters/" + name + "/versions/" + version + "/export")
                        .header("Authorization", "Bearer " + token),
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
