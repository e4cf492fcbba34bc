package dev.taxon.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.core.Mode;
import dev.taxon.training.evaluation.Judged;
import dev.taxon.training.evaluation.Metrics;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTableTest {
    private static final Judged OF_AB = new Judged(List.of("a", "b"), List.of("a"), List.of("a"));
    private static final Judged OF_BA = new Judged(List.of("b", "a"), List.of("b"), List.of("b"));
    private static final Judged OF_XY = new Judged(List.of("x", "y"), List.of("x"), List.of("y"));

    private final ComparisonTable table = new ComparisonTable();

    @Test
    void aSetWhoseRowsOfferDifferentLabelsHasNoMacroF1AndTakesNothingFromTheOthers() {
        add("alike", List.of(OF_AB, OF_BA));
        add("mixed", List.of(OF_AB, OF_XY));
        assertThat(table.render().lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("| alike | 2 |")
                        .contains("1.000 / 1.000")
                        .endsWith("+0.000 (+0.000 to +0.000) |"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("| mixed | 2 |")
                        .contains("none / 0.500")
                        .endsWith("none: rows offer different labels |"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("| **mean** |")
                        .contains("1.000 / 0.750")
                        .endsWith("+0.000 (+0.000 to +0.000) |"));
    }

    private void add(String set, List<Judged> rows) {
        for (Contender contender : Contender.values()) {
            table.add(set, contender, Metrics.of(Mode.SINGLE_LABEL, rows), rows);
        }
    }
}
