package dev.taxon.serving.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.tenant.Scope;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Good files, read in by a worker: what stands in the data set then. */
@QuarkusTest
class ImportIT extends DatasetServerTest {
    @Inject
    DatasetVersions versions;

    @TempDir
    Path folder = Path.of("");

    @Test
    void readsJsonLines() {
        JsonNode version = read(ROWS);
        assertThat(version.get("state").asText()).isEqualTo("ready");
        assertThat(version.get("rows").asInt()).isEqualTo(3);
        assertThat(count("dataset_chunk", "version_id = ?", id(1))).isZero();
        assertThat(Http.json(get("/v1/datasets/" + name)).get("latest").asInt()).isEqualTo(1);
        JsonNode report = Http.json(get(version(1) + "/report"));
        assertThat(report.get("passed").asBoolean()).isTrue();
        assertThat(report.get("mode").asText()).isEqualTo("single-label");
        assertThat(report.get("labels").get("sports").asInt()).isEqualTo(2);
        assertThat(report.toString()).doesNotContain("striker", "/tmp", "taxon-import");
    }

    @Test
    void readsCsvWithAMarkOfByteOrder() {
        String file = "\uFEFFtext,label\r\n\"a \"\"quoted\"\" text, with a comma\",x\r\n\"two\nlines\",y\r\n";
        JsonNode version = read(upload(CSV, file.getBytes(StandardCharsets.UTF_8)));
        assertThat(version.get("rows").asInt()).isEqualTo(2);
        assertThat(texts(rows(1))).containsExactly("a \"quoted\" text, with a comma", "two\nlines");
    }

    @Test
    void readsParquet() throws Exception {
        JsonNode version = read(upload(PARQUET, ParquetFixture.file(folder, 1_000)));
        assertThat(version.get("state").asText()).as(version.toString()).isEqualTo("ready");
        assertThat(version.get("rows").asInt()).isEqualTo(1_000);
        JsonNode row = rows(1).get(7);
        assertThat(row.get("text").asText()).isEqualTo("text number 7");
        assertThat(row.get("true_labels")).hasSize(1);
    }

    @Test
    void keepsEveryCharacter() throws IOException {
        String text =
                "tab\\t back\\\\slash \\\"quotes\\\" {braces} NULL \\\\N \\n \\r \uD83D\uDE00 \\u00e9 \\\\. \\u0001";
        String label = "a,\\\"b\\\" \\\\ {c} NULL";
        read("{\"text\": \"" + text + "\", \"all_labels\": [\"" + label + "\", \"NULL\"], \"true_labels\": [\"" + label
                + "\"]}\n{\"text\": \"none fits\", \"all_labels\": [\"NULL\", \"x\"], \"true_labels\": []}\n"
                + "{\"text\": \"other\", \"all_labels\": [\"NULL\", \"x\"], \"true_labels\": [\"NULL\"]}\n");
        Path file = folder.resolve("rows.jsonl");
        assertThat(versions.writeJsonl(tenant, id(1), file)).isEqualTo(3);
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(3);
        JsonNode first = new ObjectMapper().readTree(lines.get(0));
        assertThat(first.get("text").asText())
                .isEqualTo("tab\t back\\slash \"quotes\" {braces} NULL \\N \n \r \uD83D\uDE00 é \\. \u0001");
        assertThat(first.get("true_labels").get(0).asText()).isEqualTo("a,\"b\" \\ {c} NULL");
        assertThat(lines.get(1))
                .isEqualTo("{\"text\":\"none fits\",\"true_labels\":[],\"all_labels\":[\"NULL\",\"x\"]}");
    }

    @Test
    void keepsTextsOfAMillionCharacters() {
        String longest = "x".repeat(1_000_000);
        JsonNode version =
                read("{\"text\": \"" + longest + "\", \"label\": \"a\"}\n{\"text\": \"short\", \"label\": \"b\"}\n");
        assertThat(version.get("state").asText()).isEqualTo("ready");
        assertThat(rows(1).get(0).get("text").asText()).isEqualTo(longest);
    }

    @Test
    void keepsRepeatedRowsInTheirPlacesAndStoresThemOnce() {
        read(ROWS + ROWS.lines().findFirst().orElseThrow() + "\n");
        JsonNode rows = rows(1);
        assertThat(rows).hasSize(4);
        assertThat(rows.get(3)).isEqualTo(rows.get(0));
        read(ROWS);
        assertThat(rows(2).get(1).get("id")).isEqualTo(rows.get(1).get("id"));
        assertThat(count("dataset_row", "dataset_id = (SELECT id FROM dataset WHERE name = ?)", name))
                .isEqualTo(3);
        JsonNode report = Http.json(get(version(1) + "/report"));
        assertThat(report.get("findings").findValuesAsText("kind")).contains("duplicate");
    }

    @Test
    void pagesThroughRows() throws IOException {
        int rows = 25_000;
        StringBuilder file = new StringBuilder();
        IntStream.range(0, rows)
                .forEach(i -> file.append("{\"text\": \"text ")
                        .append(i)
                        .append("\", \"label\": \"")
                        .append(i % 2 == 0 ? "even" : "odd")
                        .append("\"}\n"));
        assertThat(read(file.toString()).get("rows").asInt()).isEqualTo(rows);
        JsonNode page = Http.json(get(version(1) + "/rows?limit=7&after=20000"));
        assertThat(texts(page.get("items"))).hasSize(7).startsWith("text 20000");
        assertThat(page.get("next").asText()).isEqualTo("20007");
        assertThat(Http.json(get(version(1) + "/rows?after=24999")).has("next")).isFalse();
        Path written = folder.resolve("rows.jsonl");
        assertThat(versions.writeJsonl(tenant, id(1), written)).isEqualTo(rows);
        assertThat(Files.readAllLines(written)).hasSize(rows).last().asString().contains("\"text 24999\"");
    }

    @Test
    void endsPagesEarlyWhereTextsAreLong() {
        StringBuilder file = new StringBuilder();
        IntStream.range(0, 6)
                .forEach(i -> file.append("{\"text\": \"")
                        .append(("" + i).repeat(900_000))
                        .append("\", \"label\": \"")
                        .append(i % 2)
                        .append("x\"}\n"));
        read(file.toString());
        JsonNode page = Http.json(get(version(1) + "/rows"));
        assertThat(page.get("items")).hasSize(4);
        assertThat(Http.json(get(version(1) + "/rows?after=" + page.get("next").asText()))
                        .get("items"))
                .hasSize(2);
    }

    @Test
    void asksToWaitForWhatIsStillToBeRead() {
        upload(ROWS);
        for (String early : List.of("/rows", "/report")) {
            Problems.expectPassing(ErrorCode.CONFLICT, get(version(1) + early));
        }
        imports.run(tenant, id(1), () -> false);
        for (String there : List.of("/rows", "/report")) {
            assertThat(get(version(1) + there).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void idsOfRowsTellNothingOfOthers() {
        read(ROWS);
        read("{\"text\": \"more\", \"label\": \"business\"}\n" + ROWS);
        List<String> ids = rows(1).findValuesAsText("id");
        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9a-f]{32}"));
        assertThat(rows(2).findValuesAsText("id")).endsWith(ids.toArray(String[]::new));
        String select =
                "SELECT min(id)::text FROM dataset_row WHERE dataset_id = (SELECT id FROM dataset WHERE name = ?)";
        String number = transactions
                .sql(tenant, connection -> Sql.first(connection, select, row -> row.getString(1), name))
                .orElseThrow();
        String dataset = name;
        name = newDataset();
        read(ROWS);
        for (String foreign : List.of(number, rows(1).get(0).get("id").asText())) {
            Problems.expect(ErrorCode.NOT_FOUND, delete("/v1/datasets/" + dataset + "/rows/" + foreign));
        }
        assertThat(delete("/v1/datasets/" + dataset + "/rows/" + ids.get(0)).statusCode())
                .isEqualTo(204);
    }

    @Test
    void isNotThereForOtherTenants() {
        read(ROWS);
        String row = rows(1).get(0).get("id").asText();
        String others = token;
        token = newKey("globex", Scope.all()).token();
        post("/v1/datasets", "{\"name\": \"" + name + "\"}");
        Problems.expect(ErrorCode.NOT_FOUND, get(version(1)));
        Problems.expect(ErrorCode.NOT_FOUND, get(version(1) + "/rows"));
        Problems.expect(ErrorCode.NOT_FOUND, get(version(1) + "/report"));
        Problems.expect(ErrorCode.NOT_FOUND, delete(version(1)));
        Problems.expect(ErrorCode.NOT_FOUND, delete("/v1/datasets/" + name + "/rows/" + row));
        token = others;
        assertThat(rows(1)).hasSize(3);
    }
}
