package dev.taxon.training.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.core.Mode;
import dev.taxon.training.data.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MostFrequentLabelTest {
    @TempDir
    Path folder;

    @Test
    void answersWithTheLabelThatIsTrueMostOften() throws IOException {
        Path file = Files.writeString(folder.resolve("rows.jsonl"), row("b") + row("a") + row("c") + row("c"));
        assertThat(answer(MostFrequentLabel.countedIn(file, Long.MAX_VALUE), "a", "b", "c"))
                .isEqualTo("c");
        // Of the first three rows all labels are equally frequent, and the one listed first answers.
        assertThat(answer(MostFrequentLabel.countedIn(file, 3), "a", "b", "c")).isEqualTo("a");
    }

    @Test
    void aRowIsAnsweredFromItsOwnLabels() throws IOException {
        Path file = Files.writeString(folder.resolve("rows.jsonl"), row("b") + row("c") + row("c"));
        assertThat(answer(MostFrequentLabel.countedIn(file, Long.MAX_VALUE), "a", "b"))
                .isEqualTo("b");
    }

    private static String answer(MostFrequentLabel baseline, String... labels) {
        Example example = new Example("text", List.of(labels), List.of());
        return baseline.predict(List.of(example), Mode.SINGLE_LABEL).get(0).get(0);
    }

    private static String row(String truth) {
        return "{\"text\":\"t\",\"all_labels\":[\"a\",\"b\",\"c\"],\"true_labels\":[\"%s\"]}%n".formatted(truth);
    }
}
