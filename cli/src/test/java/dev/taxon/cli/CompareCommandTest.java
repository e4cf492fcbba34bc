package dev.taxon.cli;

import static dev.taxon.cli.LabelledRows.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompareCommandTest {
    @TempDir
    Path folder;

    @Test
    void oneModelIsOpenedOnceAndNoBetterThanItself() throws IOException {
        TaxonRun run = compare("--first", "none", "--second", "none");
        assertThat(run.status()).isZero();
        assertThat(run.err()).contains("first, 3 of 3 rows", "second, 3 of 3 rows");
        assertThat(run.out())
                .contains("first:  the built-in model without an adapter")
                .contains("3 rows, 0 answered differently")
                .contains("no difference that this data can show")
                .contains("McNemar's test of exact answers (exact binomial)", "p = 1.0000");
        assertThat(run.classifier().batchSizes).containsExactly(3, 3);
        assertThat(run.classifier().closed).isTrue();
    }

    @Test
    void jsonHoldsBothSides() throws IOException {
        TaxonRun run = compare("--first", "none", "--second", "none", "--second-model", "other", "--json");
        assertThat(run.status()).isZero();
        JsonNode json = new ObjectMapper().readTree(run.out());
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "verdict",
                        "rows",
                        "mode",
                        "rows_answered_differently",
                        "mcnemar",
                        "differences",
                        "f1_difference_by_label",
                        "first",
                        "second");
        assertThat(json.get("first")).isEqualTo(json.get("second"));
        assertThat(json.at("/differences/macro_f1/probability").asDouble()).isEqualTo(0.5);
    }

    @Test
    void writesAPageWithoutTexts() throws IOException {
        Path page = folder.resolve("comparison.html");
        assertThat(compare("--first", "none", "--second", "none", "--html", page.toString())
                        .status())
                .isZero();
        assertThat(Files.readString(page))
                .contains("no difference that this data can show", "F1 of each label")
                .doesNotContain("http", "<script", "NaN", "SECRET");
    }

    @Test
    void bothSidesHaveToBeNamed() throws IOException {
        TaxonRun run = compare("--first", "none");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--second");
        assertThat(compare("--first", "none", "--second", "none", "--limit", "0")
                        .status())
                .isEqualTo(2);
    }

    @Test
    void aFileWithoutRowsIsOneLine() throws IOException {
        Path data = Files.writeString(folder.resolve("none.jsonl"), "");
        TaxonRun run = TaxonRun.of("compare", "--data", data.toString(), "--first", "none", "--second", "none");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("holds no rows");
    }

    private TaxonRun compare(String... more) throws IOException {
        Path data = LabelledRows.write(
                folder, row("SECRET aab", "\"a\""), row("SECRET abb", "\"b\""), row("SECRET bba", "\"a\""));
        String[] arguments = new String[3 + more.length];
        System.arraycopy(new String[] {"compare", "--data", data.toString()}, 0, arguments, 0, 3);
        System.arraycopy(more, 0, arguments, 3, more.length);
        return TaxonRun.of(arguments);
    }
}
