package dev.taxon.training.lora;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.training.data.Example;
import java.util.List;
import java.util.stream.IntStream;
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
    void partsFollowFromTheSeed() {
        assertThat(Folds.of(Tickets.of(9), 3, 1)).isEqualTo(Folds.of(Tickets.of(9), 3, 1));
        assertThat(Folds.of(Tickets.of(9), 3, 1)).isNotEqualTo(Folds.of(Tickets.of(9), 3, 2));
    }
}
