package dev.taxon.serving.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Problems;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are refused: each says what is wrong, where, and what to do, quotes nothing and leaves nothing. */
@QuarkusTest
class RefusedFilesIT extends DatasetServerTest {
    private static final String GOOD =
            "{\"text\": \"zanzibar one\", \"label\": \"a\"}\n{\"text\": \"two\", \"label\": \"b\"}\n";

    @Inject
    ImportStates states;

    @Inject
    RowRemoval removal;

    @TempDir
    Path folder = Path.of("");

    @Test
    void refusesOtherEncodings() {
        String csv = "text,label\nzanzibar é,a\nb,b\n";
        refused("is not UTF-8", upload(CSV, csv.getBytes(StandardCharsets.ISO_8859_1)));
        refused("UTF-8", upload(CSV, csv.getBytes(StandardCharsets.UTF_16)));
        refused("UTF-8", upload(JSONL, GOOD.replace("two", "zwölf").getBytes(Charset.forName("windows-1252"))));
    }

    @Test
    void refusesRowsThatAreNone() {
        refused("Line 3 is not well-formed JSON at column", upload(GOOD + "{\"text\": \"zanzibar\", \"label\"}\n"));
        String deep = "[".repeat(5_000) + "]".repeat(5_000);
        refused("nested too deeply", upload(GOOD + "{\"text\": \"zanzibar\", \"label\": " + deep + "}\n"));
        refused("Line 3 lacks a field", upload(GOOD + "{\"text\": \"zanzibar\"}\n"));
        refused("Line 3 has a field other than", upload(GOOD + "{\"text\": \"t\", \"label\": \"a\", \"lable\": 1}\n"));
        refused("Line 1 is not a JSON object", upload("[\"zanzibar\"]\n" + GOOD));
        refused("Line 2", upload("{\"text\": \"t\", \"label\": \"a\"}\n{\"text\": 7, \"label\": \"a\"}\n"));
        refused("surrogate", upload(GOOD + "{\"text\": \"zanzibar \\ud800\", \"label\": \"a\"}\n"));
        refused("Line 3: A text is empty or blank", upload(GOOD + "{\"text\": \" \", \"label\": \"a\"}\n"));
    }

    /** What Postgres keeps in no text and no JSON, the report of a refused file included. */
    @Test
    void refusesNulWhereverItIs() {
        refused("Line 3 has a NUL character", upload(GOOD + "{\"text\": \"zanzibar\\u0000\", \"label\": \"a\"}\n"));
        refused("Line 3 has a NUL character", upload(GOOD + "{\"text\": \"t\", \"label\": \"zanzibar\\u0000\"}\n"));
        refused("Line 1 has a NUL character", upload("{\"text\": \"t\", \"label\": \"\\u0000\"}\n{\"text\": \"\"}\n"));
        csvRefused("Line 2 has a NUL character", "text,label\nzanzibar,a\0\nb,b\n");
        csvRefused("column whose name holds a NUL", "text,label,zanzibar\0\nzanzibar,a,1\nb,b,1\n");
    }

    @Test
    void refusesTextsThatAreTooLong() {
        String tooLong = "{\"text\": \"" + "z".repeat(1_000_001) + "\", \"label\": \"a\"}\n";
        refused("Line 3 has 1,000,001 characters: A text is longer than", upload(GOOD + tooLong));
    }

    @Test
    void refusesLabelsThatAreNotOffered() {
        String unknown = "{\"text\": \"zanzibar\", \"all_labels\": [\"a\", \"b\"], \"true_labels\": [\"c\"]}\n";
        String known = "{\"text\": \"zanzibar\", \"all_labels\": [\"a\", \"b\"], \"true_labels\": [\"a\"]}\n";
        refused("Line 2: A row has a label that is not in the set", upload(known + unknown));
    }

    @Test
    void refusesWhatTeachesNothing() {
        refused("label", upload("{\"text\": \"zanzibar\", \"label\": \"a\"}\n{\"text\": \"two\", \"label\": \"a\"}\n"));
        refused("label", upload("{\"text\": \"zanzibar\", \"label\": \"a\"}\n"));
        refused("no rows", upload("\n\n"));
        refused("no rows", upload(CSV, "text,label\n".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void refusesCsvThatIsNone() {
        csvRefused("quotes do not match", "text,label\n\"zanzibar,a\nb,b\n");
        csvRefused("quotes do not match", "text,label\n\"zanzibar\"x,a\nb,b\n");
        csvRefused("Line 2 has 3 fields and the header 2", "text,label\nzanzibar,a,b\nb,b\n");
        csvRefused("first row", "zanzibar,a\nb,b\n");
        csvRefused("first line is", "\n");
    }

    @Test
    void refusesParquetThatIsDamaged() throws Exception {
        byte[] whole = ParquetFixture.file(folder, 1_000);
        refused("Parquet", upload(PARQUET, Arrays.copyOf(whole, whole.length / 2)));
        refused("Parquet", upload(PARQUET, GOOD.getBytes(StandardCharsets.UTF_8)));
        byte[] broken = whole.clone();
        Arrays.fill(broken, 100, broken.length - 600, (byte) 7);
        refused("Parquet", upload(PARQUET, broken));
    }

    @Test
    void refusesFilesThatHoldMoreThanTheirSizeSays() throws Exception {
        String rows = "SELECT repeat('zanzibar', 100) AS text, 'l' || (i % 2) AS label FROM range(5000) t(i)";
        byte[] packed = ParquetFixture.write(folder, rows);
        assertThat(packed.length).isLessThan(10_000);
        upload(PARQUET, packed);
        upload(PARQUET, packed);
        stopped("more than 1000 rows", 1, new ImportLimits(1_000, Long.MAX_VALUE));
        stopped("exceed 1000000 bytes", 2, new ImportLimits(Long.MAX_VALUE, 1_000_000));
    }

    private void stopped(String words, int number, ImportLimits limits) {
        new DatasetImport(transactions, states, removal, limits, folder).run(tenant, id(number), () -> false);
        assertRefused(words, Http.json(get(version(number))));
    }

    @Test
    void takesContradictionsWithAWarning() {
        JsonNode version = read(GOOD + "{\"text\": \"zanzibar one\", \"label\": \"b\"}\n");
        assertThat(version.get("state").asText()).isEqualTo("ready");
        JsonNode report = Http.json(get(version(1) + "/report"));
        assertThat(report.get("findings").findValuesAsText("kind")).contains("contradiction");
        assertThat(report.toString()).doesNotContain(SECRET);
    }

    private void csvRefused(String words, String csv) {
        refused(words, upload(CSV, csv.getBytes(StandardCharsets.UTF_8)));
    }

    private void refused(String words, HttpResponse<String> uploaded) {
        assertRefused(words, read(uploaded));
    }

    private void assertRefused(String words, JsonNode version) {
        assertThat(version.get("state").asText()).as(version.toString()).isEqualTo("refused");
        assertThat(version.get("problem").get("detail").asText())
                .contains(words)
                .doesNotContain("rows.jsonl", "rows.csv", "rows.parquet", "taxon-import");
        assertThat(version.toString()).doesNotContain(SECRET);
        int number = version.get("version").asInt();
        Problems.expect(ErrorCode.CONFLICT, get(version(number) + "/rows"));
        assertThat(get(version(number) + "/report").body()).doesNotContain(SECRET, "taxon-import");
        assertThat(count("dataset_chunk", "version_id = ?", id(number))).isZero();
        assertThat(count("dataset_version_row", "version_id = ?", id(number))).isZero();
        assertThat(count("dataset_row", "dataset_id = (SELECT id FROM dataset WHERE name = ?)", name))
                .isZero();
    }
}
