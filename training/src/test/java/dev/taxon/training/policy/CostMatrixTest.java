package dev.taxon.training.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.training.data.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostMatrixTest {
    private static final CostMatrix COSTS =
            new CostMatrix(Map.of("ham", Map.of("ham", 0.0, "spam", 10.0), "spam", Map.of("ham", 1.0, "spam", 0.0)));

    @TempDir
    Path folder;

    @Test
    void aRewardIsMinusTheCostOfTheAnswerWhereTheTruthIsRight() {
        assertThat(reward(Set.of("spam"), Set.of("ham"))).isEqualTo(-10);
        assertThat(reward(Set.of("ham"), Set.of("spam"))).isEqualTo(-1);
        assertThat(reward(Set.of("ham"), Set.of("ham"))).isZero();
    }

    @Test
    void itIsForRowsWithOneTruthAndOneAnswer() {
        assertThatThrownBy(() -> reward(Set.of(), Set.of("ham"))).hasMessageContaining("exactly one answer");
        assertThatThrownBy(() -> reward(Set.of("ham"), Set.of("ham", "spam")))
                .hasMessageContaining("exactly one true label");
        assertThatThrownBy(() -> reward(Set.of("eggs"), Set.of("ham")))
                .hasMessageContaining("the label 'eggs' is not in the cost matrix");
        assertThatThrownBy(() -> reward(Set.of("ham"), Set.of("eggs")))
                .hasMessageContaining("the label 'eggs' is not in the cost matrix");
    }

    @Test
    void readsCsv() throws IOException {
        assertThat(read("costs.csv", "true,ham,spam\nham,0,10\n\"spam\",1, 0\n"))
                .isEqualTo(COSTS);
    }

    @Test
    void readsLabelsWithCommasAndQuotes() throws IOException {
        CostMatrix costs = read("costs.csv", "true,\"a, \"\"b\"\"\",c\n\"a, \"\"b\"\"\",0,2\nc,3,0\n");
        assertThat(costs.labels()).containsExactlyInAnyOrder("a, \"b\"", "c");
    }

    @Test
    void readsJson() throws IOException {
        assertThat(read("costs.json", "{\"ham\":{\"ham\":0,\"spam\":10},\"spam\":{\"ham\":1.0,\"spam\":0}}"))
                .isEqualTo(COSTS);
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFile() throws IOException {
        assertThat(read("costs.json", "\uFEFF{\"ham\":{\"ham\":0,\"spam\":10},\"spam\":{\"ham\":1.0,\"spam\":0}}"))
                .isEqualTo(COSTS);
        assertThat(read("costs.csv", "\uFEFF\"true\",ham,spam\nham,0,10\nspam,1,0\n"))
                .isEqualTo(COSTS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true,a,b;a,0,1                | fewer than two labels",
                "true,a,b;a,0,1;c,1,0          | other answers for the true label",
                "true,a,b;a,0,1;b,1            | Line 3 has 2 fields and the first line 3",
                "true,a,b;a,0,1;b,1,much       | Line 3 has something other than a number in field 3",
                "true,a,b;a,0,NaN;b,1,0        | The cost of 'b' where 'a' is right is not a number of 0 or above",
                "true,a,b;a,0,Infinity;b,1,0   | The cost of 'b' where 'a' is right is not a number of 0 or above",
                "true,a,b;a,0,-1;b,1,0         | The cost of 'b' where 'a' is right is not a number of 0 or above",
                "true,a,b;a,2,1;b,1,0          | The cost of 'b' where 'a' is right is below that of the right answer",
                "true,a,b;a,0,1;a,1,0          | Line 3 gives a true label a second time",
                "true,a,a;a,0,1;b,1,0          | The first line gives an answer a second time",
                "true,a;a,0                    | fewer than two labels",
                "''                            | is empty",
            })
    void refusesACsvFileThatIsNoCostMatrix(String content, String reason) {
        assertThatThrownBy(() -> read("costs.csv", content.replace(';', '\n')))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("costs.csv", reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"a\":{\"a\":0,\"b\":1},\"b\":{\"a\":1,\"b\":\"0\"}}         | The cost of 'b' where 'b' is right is not a number",
                "{\"a\":{\"a\":0,\"b\":1},\"a\":{\"a\":1,\"b\":0}}             | not well-formed JSON at line 1",
                "{\"a\":{\"a\":0,\"b\":1}                                      | not well-formed JSON at line 1",
                "{\"a\":{\"a\":0,\"b\":1},\"b\":{\"a\":1,\"b\":0}} 5           | not well-formed JSON at line 1",
                "[[0,1],[1,0]]                                                 | fewer than two labels",
            })
    void refusesAJsonFileThatIsNoCostMatrix(String content, String reason) {
        assertThatThrownBy(() -> read("costs.json", content))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("costs.json", reason);
    }

    @Test
    void refusesJsonThatIsNestedTooDeeply() {
        assertThatThrownBy(() -> read("costs.json", "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000)))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("costs.json", "nested too deeply");
    }

    @Test
    void namesAFileThatIsNotThereOrNotUtf8() throws IOException {
        assertThatThrownBy(() -> CostMatrixFile.read(folder.resolve("none.csv")))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("none.csv", "check the path");
        Path latin = folder.resolve("latin.csv");
        Files.write(latin, "true,caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> CostMatrixFile.read(latin)).hasMessageContaining("not UTF-8");
    }

    private static double reward(Set<String> chosen, Set<String> truth) {
        return COSTS.of(new Answer("line 1", chosen, new Judgement.Truth(truth)));
    }

    private CostMatrix read(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, content);
        return CostMatrixFile.read(file);
    }
}
