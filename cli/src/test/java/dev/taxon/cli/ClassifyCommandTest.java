package dev.taxon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClassifyCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void printsATableOfATextsLabels() {
        TaxonRun run = TaxonRun.of("classify", "--labels", "apple, banana", "abba");
        assertThat(run.status()).isZero();
        assertThat(run.out().lines()).containsExactly("* apple   0.5000", "  banana  0.5000");
        assertThat(run.classifier().closed).isTrue();
    }

    @Test
    void answersALineALineInOrder() throws IOException {
        String input = IntStream.range(0, 1300)
                .mapToObj(row -> "{\"id\":\"" + row + "\",\"text\":\"" + "a".repeat(row % 40 + 1)
                        + "\",\"labels\":[\"a\",\"b\"]}\n")
                .reduce("", String::concat);
        TaxonRun run = TaxonRun.withInput(input, "classify", "--in", "-");
        assertThat(run.status()).isZero();
        List<JsonNode> results = parse(run.out());
        assertThat(results).hasSize(1300);
        for (int row = 0; row < 1300; row++) {
            assertThat(results.get(row).get("id").asText()).isEqualTo(Integer.toString(row));
            assertThat(results.get(row).get("tokens").asInt()).isEqualTo(row % 40 + 1);
        }
        assertThat(run.classifier().batchSizes).allMatch(rows -> rows <= 64);
    }

    @Test
    void readsACaseOfTheReference() throws IOException {
        String line =
                "{\"id\":\"case-1\",\"max_length\":512,\"text\":\"aab\",\"labels\":{\"x\":[\"a\"],\"y\":[\"b\",\"a\"]},"
                        + "\"classification_type\":\"multi-label\",\"threshold\":0.5,\"return_hierarchical\":true,"
                        + "\"flat_labels\":[\"x.a\"],\"input_ids\":[1],\"logits\":[0.1],\"expected\":{\"x\":1}}";
        TaxonRun run = TaxonRun.withInput(line, "classify", "--in", "-", "--logits");
        assertThat(run.err()).isEmpty();
        JsonNode result = parse(run.out()).get(0);
        assertThat(result.get("logits")).hasToString("[2.0,1.0,2.0]");
        assertThat(result.at("/tree/x/a").asDouble())
                .isCloseTo(1 / (1 + Math.exp(-2)), org.assertj.core.data.Offset.offset(1e-6));
        assertThat(result.at("/tree/y").size()).isEqualTo(2);
    }

    @Test
    void labelsThatALineDoesNotBringMakeATreeToo() throws IOException {
        TaxonRun run = TaxonRun.withInput(
                "{\"text\":\"bba\",\"hierarchical\":true}\n{\"text\":\"bba\"}\n",
                "classify",
                "--in",
                "-",
                "--mode",
                "multi-label",
                "--labels",
                "a,b");
        List<JsonNode> results = parse(run.out());
        JsonNode tree = results.get(0).get("tree");
        assertThat(tree.fieldNames()).toIterable().containsExactly("a", "b");
        assertThat(tree.get("b")).isEqualTo(results.get(0).at("/scores/b"));
        assertThat(results.get(1).has("tree")).isFalse();
    }

    @Test
    void halfACharacterIsWrittenAsAnEscape() throws IOException {
        Path in = Files.writeString(
                folder.resolve("in.jsonl"),
                "{\"id\":\"1\",\"text\":\"a\",\"labels\":[\"a\"]}\n"
                        + "{\"id\":\"\\ud83d\",\"text\":\"a\",\"labels\":[\"a\",\"b\\udc00\"]}\n");
        Path out = folder.resolve("out.jsonl");
        TaxonRun run = TaxonRun.of("classify", "--in", in.toString(), "--out", out.toString());
        assertThat(run.err()).isEmpty();
        List<JsonNode> results = parse(Files.readString(out));
        assertThat(results).hasSize(2);
        assertThat(results.get(1).get("id").asText()).isEqualTo("\ud83d");
        assertThat(results.get(1).get("scores").has("b\udc00")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"--threshold, 2", "--threshold, NaN", "--threshold, -0.1", "--labels, 'a,,b'", "--labels, ' '"})
    void anOptionThatMakesNoSenseIsWrongUse(String option, String value) {
        TaxonRun run =
                TaxonRun.withInput("{\"text\":\"a\",\"labels\":[\"a\"]}", "classify", "--in", "-", option, value);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("taxon classify: " + option + " ").doesNotContain("line 1");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void duplicateLabelsHaveALogitAPosition() throws IOException {
        TaxonRun run = TaxonRun.withInput(
                "{\"text\":\"ab\",\"labels\":[\"a\",\"b\",\"a\"]}", "classify", "--in", "-", "--logits");
        assertThat(parse(run.out()).get(0).get("logits")).hasSize(3);
        assertThat(parse(run.out()).get(0).get("scores")).hasSize(2);
    }

    @Test
    void theThresholdOfALabelGoesBeforeTheOneOfTheLine() throws IOException {
        TaxonRun run = TaxonRun.withInput("""
                {"text":"aab","mode":"multi-label","threshold":0.99,"labels":["a",{"name":"b","threshold":0.2},"c"]}
                {"text":"aab","mode":"multi-label","threshold":0,"labels":[{"name":"a","threshold":0.9},"b"]}
                {"text":"aab","labels":[{"name":"a","threshold":0.9},"b"]}
                {"text":"aab","labels":{"x":[{"name":"a","threshold":0.7}],"y":["b"]},"threshold":1}
                """, "classify", "--in", "-");
        assertThat(run.err()).isEmpty();
        assertThat(parse(run.out()).stream()
                        .map(result -> result.get("predictions").findValuesAsText("label")))
                .containsExactly(List.of("b"), List.of("b"), List.of(), List.of("x.a"));
    }

    @Test
    void linesFallBackOnTheOptions() throws IOException {
        TaxonRun run = TaxonRun.withInput(
                "{\"text\":\"aa\"}\n\n{\"text\":\"bb\",\"labels\":[\"c\"],\"top_k\":1}\n",
                "classify",
                "--in",
                "-",
                "--labels",
                "a,b");
        assertThat(parse(run.out()).get(0).get("scores").fieldNames())
                .toIterable()
                .containsExactly("a", "b");
        assertThat(parse(run.out()).get(1).get("scores").fieldNames())
                .toIterable()
                .containsExactly("c");
    }

    @Test
    void aRowThatFailedAloneCarriesItsError() throws IOException {
        TaxonRun run = TaxonRun.withInput(
                "{\"id\":\"1\",\"text\":\"NaN\",\"labels\":[\"a\"]}\n{\"id\":\"2\",\"text\":\"a\",\"labels\":[\"a\"]}\n",
                "classify",
                "--in",
                "-",
                "--logits");
        assertThat(run.status()).isZero();
        List<JsonNode> results = parse(run.out());
        assertThat(results.get(0).at("/error/code").asText()).isEqualTo("row_failed");
        assertThat(results.get(0).has("logits")).isFalse();
        assertThat(results.get(1).has("error")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"text\":\"SECRET\",\"labels\":[\"a\"],\"colour\":1} | colour: Unknown field.",
                "{\"text\":\"SECRET\",\"labels\":[\"a\"] | Not one JSON document",
                "[\"SECRET\"] | not a JSON object",
                "{\"text\":5,\"labels\":[\"a\"]} | text: Expected a string.",
                "{\"labels\":[\"a\"]} | text is missing",
                "{\"text\":\" \",\"labels\":[\"a\"]} | text is empty or blank",
                "{\"text\":\"SECRET\",\"labels\":[{\"name\":\"a\",\"threshold\":\"SECRET\"}]} | labels[0].threshold: Expected",
                "{\"text\":\"SECRET\",\"labels\":[\"a\"],\"adapter\":\"x\"} | adapter is none of those",
                "{\"text\":\"SECRET\",\"labels\":[\"a\"],\"top_k\":0} | top_k is 0",
                "{\"text\":\"SECRET\",\"text\":\"SECRET\",\"labels\":[\"a\"]} | An object has the same key twice",
                "{\"text\":\"SECRET\",\"mode\":\"multi-label\",\"classification_type\":\"x\"} | are the same field"
            })
    void aBadLineEndsTheRunWithItsNumber(String line, String says) {
        TaxonRun run = TaxonRun.withInput(
                "{\"text\":\"a\",\"labels\":[\"a\"]}\n\n" + line + "\n{\"text\":\"a\",\"labels\":[\"a\"]}\n",
                "classify",
                "--in",
                "-");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("taxon classify: standard input, line 3: ")
                .contains(says);
        assertThat(run.err()).doesNotContain("SECRET");
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.out().lines()).hasSize(1);
    }

    @Test
    void resultsOfBeforeStandWhereAnAdapterIsRefused() throws IOException {
        Path in = Files.writeString(folder.resolve("inputs.jsonl"), "{\"text\":\"a\",\"labels\":[\"a\"]}\n");
        Path out = Files.writeString(folder.resolve("results.jsonl"), "of before\n");
        TaxonRun run = TaxonRun.ofRealModels(
                "classify",
                "--model",
                "../core/src/test/resources/oracle/bert-simple-first",
                "--precision",
                "fp32",
                "--adapter",
                "support=" + folder.resolve("none"),
                "--in",
                in.toString(),
                "--out",
                out.toString());
        assertThat(run.status()).as(run.err()).isEqualTo(1);
        assertThat(out).hasContent("of before");
    }

    @Test
    void readsFromAPipe() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Thread writer = new Thread(() -> write(pipe, "{\"text\":\"a\",\"labels\":[\"a\"]}\n".repeat(200)));
        writer.setDaemon(true);
        writer.start();
        TaxonRun run = TaxonRun.of("classify", "--in", pipe.toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(parse(run.out())).hasSize(200);
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void writesToAFileButNeverOverItsInput() throws IOException {
        Path in = Files.writeString(folder.resolve("in.jsonl"), "{\"text\":\"Grüße\",\"labels\":[\"G\"]}\n");
        Path out = folder.resolve("out.jsonl");
        assertThat(TaxonRun.of("classify", "--in", in.toString(), "--out", out.toString())
                        .status())
                .isZero();
        assertThat(parse(Files.readString(out))).hasSize(1);
        assertThat(TaxonRun.of("classify", "--in", in.toString(), "--out", in.toString())
                        .status())
                .isEqualTo(2);
        assertThat(Files.readString(in)).contains("Grüße");
    }

    @Test
    void bytesThatAreNotUtf8AreAnErrorWithTheirPlace() throws IOException {
        Path in = Files.write(folder.resolve("in.jsonl"), new byte[] {'{', '"', (byte) 0xC3, '(', '}'});
        TaxonRun run = TaxonRun.of("classify", "--in", in.toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("line 1, is not UTF-8");
    }

    private static List<JsonNode> parse(String lines) throws IOException {
        return JSON.readerFor(JsonNode.class).<JsonNode>readValues(lines).readAll();
    }
}
