package dev.taxon.training.data.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.taxon.training.data.DataRow;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RepeatCheckTest {
    private static final DataPart PART = new DataPart(Role.TRAIN, Path.of("rows.csv"));

    @Test
    void whatIsNotComparedIsCounted() {
        RepeatCheck check = new RepeatCheck(List.of(PART), 2);
        List<String> texts = List.of("one", "two", "three", "one", "four");
        for (int i = 0; i < texts.size(); i++) {
            check.accepts(
                    new DataRow.Labelled(i + 1, texts.get(i), List.of("a"), null), 0, new Occurrence(PART, i + 1, ""));
        }
        assertThat(check.findings())
                .extracting(Finding::kind, Finding::count)
                .containsExactly(tuple(FindingKind.DUPLICATE, 1L), tuple(FindingKind.UNCOMPARED_TEXT, 2L));
    }
}
