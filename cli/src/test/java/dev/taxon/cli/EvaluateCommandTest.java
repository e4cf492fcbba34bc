package dev.taxon.cli;

import static dev.taxon.cli.LabelledRows.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EvaluateCommandTest {
    @TempDir
    Path folder;

    @Test
    void jsonHasTheFieldsOfTheContractFirst() throws IOException {
        JsonNode json = evaluate(manyRows());
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "rows",
                        "mode",
                        "accuracy",
                        "micro_f1",
                        "macro_f1",
                        "weighted_f1",
                        "per_label",
                        "confusion",
                        "rows_without_scores",
                        "calibration");
        assertThat(json.get("rows").asInt()).isEqualTo(50);
        assertThat(json.get("accuracy").asDouble()).isCloseTo(0.8, Offset.offset(1e-12));
    }

    @Test
    void tellsTheTemperatureThatTheRowsAskFor() throws IOException {
        // One label is two ahead and right 8 times of 10: 0.8 = 1 / (1 + exp(-2 / T)), where the model says 0.8808.
        JsonNode calibration = evaluate(manyRows()).get("calibration");
        assertThat(calibration.get("temperature").asDouble()).isCloseTo(2 / Math.log(4), Offset.offset(1e-9));
        assertThat(calibration.at("/error_before/value").asDouble())
                .isCloseTo(1 / (1 + Math.exp(-2)) - 0.8, Offset.offset(1e-6));
        assertThat(calibration.get("cross_fitted_folds").asInt()).isEqualTo(5);
    }

    @Test
    void namesOfAdaptersAreForClassifyAlone() throws IOException {
        TaxonRun run =
                TaxonRun.of("evaluate", "--data", manyRows().toString(), "--adapter", "support=adapters/support");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--adapter takes a folder alone here, not NAME=DIR");
    }

    @Test
    void peopleReadTheSame() throws IOException {
        TaxonRun run = TaxonRun.of("evaluate", "--data", manyRows().toString());
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .startsWith("50 rows, single-label")
                .contains("accuracy     0.8000", "calibration error as it answers now", "0.0808 (95%")
                .contains("at temperature 1.443, cross-fitted");
    }

    @Test
    void readsTheColumnsThatAreNamed() throws IOException {
        Path data = folder.resolve("columns.csv");
        Files.writeString(data, "subject,queue\naab,a\nb,b\n");
        TaxonRun unnamed = TaxonRun.of("evaluate", "--data", data.toString());
        assertThat(unnamed.status()).isEqualTo(1);
        assertThat(unnamed.err()).contains("--text-column and --label-column");
        JsonNode json = evaluate(data, "--text-column", "subject", "--label-column", "queue");
        assertThat(json.get("accuracy").asDouble()).isEqualTo(1);
    }

    @Test
    void aRowWithoutScoresCountsAsWrongAndIsNamed() throws IOException {
        Path data = LabelledRows.write(folder, row("NaN", "\"a\""), row("aab", "\"a\""), row("b", "\"b\""));
        JsonNode json = evaluate(data);
        assertThat(json.get("accuracy").asDouble()).isCloseTo(2 / 3.0, Offset.offset(1e-12));
        assertThat(json.get("rows_without_scores").asInt()).isEqualTo(1);
        assertThat(TaxonRun.of("evaluate", "--data", data.toString()).out()).contains("1 rows gave values");
    }

    @Test
    void noScoresAtAllAreAFailure() throws IOException {
        Path data = LabelledRows.write(folder, row("NaN", "\"a\""));
        TaxonRun run = TaxonRun.of("evaluate", "--data", data.toString(), "--json");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("not finite on every row; try --precision fp32");
    }

    @Test
    void aFewRowsAreNotFitted() throws IOException {
        Path data = LabelledRows.write(folder, row("aab", "\"a\""));
        assertThat(evaluate(data).at("/calibration/temperature_not_fitted").asText())
                .contains("fewer than 10 rows");
        assertThat(TaxonRun.of("evaluate", "--data", data.toString()).out()).contains("temperature not fitted: fewer");
    }

    @Test
    void writesAPageThatSaysItQuotesTexts() throws IOException {
        Path page = folder.resolve("report.html");
        TaxonRun run = TaxonRun.of("evaluate", "--data", manyRows().toString(), "--html", page.toString());
        assertThat(run.status()).isZero();
        assertThat(Files.readString(page))
                .contains("This report quotes texts", "Most instructive mistakes", "aaab #0", "Confusion")
                .doesNotContain("http", "<script", "NaN");
    }

    @Test
    void rowsOfDifferentLabelsHaveNoMacroF1AndNoMatrix() throws IOException {
        Path data = LabelledRows.write(
                folder, row("aab", "\"a\""), "{\"text\":\"c\",\"all_labels\":[\"c\",\"d\"],\"true_labels\":[\"c\"]}");
        Path page = folder.resolve("report.html");
        assertThat(evaluate(data, "--html", page.toString()).get("macro_f1").isNull())
                .isTrue();
        assertThat(Files.readString(page)).doesNotContain("Confusion").contains("none: rows offer different labels");
    }

    @Test
    void aPageThatCannotBeWrittenIsWrongUseBeforeAnythingRuns() throws IOException {
        TaxonRun run = TaxonRun.of(
                "evaluate",
                "--data",
                manyRows().toString(),
                "--html",
                folder.resolve("nowhere/report.html").toString());
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .contains("--html takes a file in a folder that is there")
                .contains("--help shows how");
        assertThat(run.classifier().batchSizes).isEmpty();
        assertThat(TaxonRun.of("evaluate", "--data", "x", "--limit", "0").err())
                .contains("--limit takes a number from 1 on");
        assertThat(TaxonRun.of("evaluate", "--data", "x", "--mode", "both").status())
                .isEqualTo(2);
    }

    /** The label a is two ahead in each, and true in 8 of 10. */
    private Path manyRows() throws IOException {
        return LabelledRows.write(
                folder,
                IntStream.range(0, 50)
                        .mapToObj(i -> row("aaab #" + i, i % 5 == 0 ? "\"b\"" : "\"a\""))
                        .toArray(String[]::new));
    }

    private static JsonNode evaluate(Path data, String... more) throws IOException {
        String[] arguments = new String[4 + more.length];
        System.arraycopy(new String[] {"evaluate", "--data", data.toString(), "--json"}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        TaxonRun run = TaxonRun.of(arguments);
        assertThat(run.status()).isZero();
        return new ObjectMapper().readTree(run.out());
    }
}
