package dev.taxon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the built-in model's real tokenizer. */
final class ValidateDataCommandTest {
    @TempDir
    Path folder;

    @Test
    void soundDataPassWithATable() throws IOException {
        TaxonRun run = validate("--data", csv("train.csv", enough()));
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains("16 rows, 16 usable, 2 labels, single-label")
                .contains("train.csv")
                .containsPattern("a +8 +0 +0")
                .endsWith("0 errors, 0 warnings\n");
    }

    @Test
    void errorsAreToldWithTheirPlacesAndStatus1() throws IOException {
        String train = csv("train.csv", enough());
        String test = csv("test.csv", "text a 1,a\nsecret,c\n");
        TaxonRun run = validate("--data", "train=" + train, "--data", "test=" + test, "--labels", "a,b");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out())
                .contains("error    A row has a label that is not in the set")
                .contains("test test.csv line 3")
                .contains("test test.csv line 2 as train train.csv line 3")
                .contains("2 errors, 0 warnings")
                .doesNotContain("secret");
    }

    @Test
    void warningsDoNotStop() throws IOException {
        TaxonRun run = validate("--data", csv("train.csv", enough() + "text a 1,a\n"));
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("warning  A row repeats another").contains("0 errors, 1 warning\n");
    }

    @Test
    void jsonHoldsTheWholeReport() throws IOException {
        TaxonRun run = validate(
                "--data", csv("train.csv", enough() + "text a 1,b\n" + "word ".repeat(600) + ",b\n"), "--json");
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(report.path("rows").asInt()).isEqualTo(18);
        assertThat(report.path("accepted_rows").asInt()).isEqualTo(18);
        assertThat(report.path("mode").asText()).isEqualTo("single-label");
        assertThat(report.path("passed").asBoolean()).isTrue();
        assertThat(report.path("labels").path("b").path("train").asInt()).isEqualTo(10);
        assertThat(report.path("findings")).hasSize(2);
        JsonNode contradiction = report.path("findings").path(0);
        assertThat(contradiction.path("kind").asText()).isEqualTo("contradiction");
        assertThat(contradiction.path("severity").asText()).isEqualTo("warning");
        assertThat(contradiction.path("count").asInt()).isEqualTo(1);
        assertThat(contradiction.path("places").path(0).path("line").asInt()).isEqualTo(18);
        assertThat(report.path("findings").path(1).path("kind").asText()).isEqualTo("cut_text");
        assertThat(report.path("findings")
                        .path(1)
                        .path("places")
                        .path(0)
                        .path("remark")
                        .asText())
                .isEqualTo("by 90 tokens");
    }

    @Test
    void thePageNeedsNoNetworkAndEscapesNames() throws IOException {
        Path page = folder.resolve("report.html");
        TaxonRun run = validate("--data", csv("train.csv", enough() + "x,<b>&\ny,<b>&\n"), "--html", page.toString());
        assertThat(run.status()).isZero();
        assertThat(Files.readString(page))
                .startsWith("<!DOCTYPE html>")
                .contains("&lt;b&gt;&amp;")
                .doesNotContain("<b>", "http", "<script");
    }

    @Test
    void columnsCanBeNamedAndTheTrainingsCutGiven() throws IOException {
        Path file = Files.writeString(
                folder.resolve("mails.csv"), "subject;queue\none two three four;a/b\none two;b\nfive six;a\nseven;a\n");
        TaxonRun run = validate(
                "--data",
                file.toString(),
                "--text-column",
                "subject",
                "--label-column",
                "queue",
                "--label-separator",
                "/",
                "--max-text-tokens",
                "5");
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains("multi-label")
                .contains("1 of the texts take more than the 3 tokens that are read")
                .contains("train mails.csv line 2 by 1 token");
    }

    @Test
    void wrongUseIsStatus2() throws IOException {
        String file = csv("train.csv", enough());
        assertWrongUse("--data");
        assertWrongUse("--labels", "--data", file, "--labels", "a,a");
        assertWrongUse("--max-text-tokens takes a number from 3 on", "--data", file, "--max-text-tokens", "2");
        assertWrongUse("--label-separator", "--data", file, "--label-separator", "");
    }

    @Test
    void aFileThatCannotBeReadIsOneLine() throws IOException {
        Path file = Files.writeString(folder.resolve("broken.csv"), "text,label\n\"secret,a\n");
        TaxonRun run = validate("--data", file.toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).contains("broken.csv, line 2").doesNotContain("secret");
    }

    private void assertWrongUse(String says, String... options) {
        TaxonRun run = validate(options);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(says);
    }

    private static TaxonRun validate(String... options) {
        String[] all = new String[options.length + 1];
        all[0] = "validate-data";
        System.arraycopy(options, 0, all, 1, options.length);
        return TaxonRun.of(all);
    }

    private String csv(String name, String rows) throws IOException {
        return Files.writeString(folder.resolve(name), "text,label\n" + rows).toString();
    }

    /** Eight rows of each of two labels, in lines 2 to 17; line 3 is "text a 1". */
    private static String enough() {
        StringBuilder rows = new StringBuilder();
        for (String label : new String[] {"a", "b"}) {
            for (int row = 0; row < 8; row++) {
                rows.append("text %s %d,%s\n".formatted(label, row, label));
            }
        }
        return rows.toString();
    }
}
