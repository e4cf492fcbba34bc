package dev.taxon.training.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.training.Tickets;
import dev.taxon.training.data.Example;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FoldsTest {
    @Test
    void everyLabelHasItsShareOfEachPart() {
        List<Example> examples = Tickets.of(9);
        int[] parts = Folds.of(examples, 3, 1);
        for (String label : Tickets.LABELS) {
            for (int part = 0; part < 3; part++) {
                int own = part;
                long rows = IntStream.range(0, parts.length)
                        .filter(row -> parts[row] == own
                                && examples.get(row).trueLabels().contains(label))
                        .count();
                assertThat(rows).isEqualTo(3);
            }
        }
    }

    @Test
    void equalTextsAreNeverInTwoParts() {
        List<Example> twice = Stream.concat(
                        Tickets.of(6).stream(),
                        Tickets.of(6).stream()
                                .map(example -> new Example(
                                        example.text().toUpperCase(Locale.ROOT) + " ",
                                        example.allLabels(),
                                        example.trueLabels())))
                .toList();
        int[] parts = Folds.of(twice, 3, 1);
        for (int row = 0; row < 18; row++) {
            assertThat(parts[row + 18]).isEqualTo(parts[row]);
        }
    }

    @Test
    void textsThatDifferInFormAloneAreOne() {
        List<Example> examples = Stream.of("caf\u00e9 late", "CAFE\u0301  late", "caf\u00e9\u00a0late", "tea")
                .map(text -> new Example(text, Tickets.LABELS, List.of("delivery")))
                .toList();
        assertThat(Folds.texts(examples)).isEqualTo(2);
        assertThat(Folds.of(examples, 2, 1)).startsWith(Folds.of(examples, 2, 1)[0], Folds.of(examples, 2, 1)[0]);
    }

    @Test
    void asManyRowsAreHeldOutAsAskedForOfEveryLabel() {
        List<Example> examples = Tickets.of(40);
        int[] parts = Folds.heldOut(examples, 0.4, 2000, 1);
        assertThat(IntStream.of(parts).filter(part -> part == 0).count()).isEqualTo(48);
        for (String label : Tickets.LABELS) {
            long own = IntStream.range(0, parts.length)
                    .filter(row ->
                            parts[row] == 0 && examples.get(row).trueLabels().contains(label))
                    .count();
            assertThat(own).isBetween(15L, 17L);
        }
    }

    @Test
    void partsFollowFromTheSeed() {
        assertThat(Folds.of(Tickets.of(9), 3, 1)).isEqualTo(Folds.of(Tickets.of(9), 3, 1));
        assertThat(Folds.of(Tickets.of(9), 3, 1)).isNotEqualTo(Folds.of(Tickets.of(9), 3, 2));
    }
}
