package dev.taxon.training.data.validation;

import static dev.taxon.training.data.validation.FindingKind.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.taxon.training.data.DataFiles;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Texts that stand more than once. */
final class RepeatedTextsTest extends ValidatedFiles {
    @Test
    void textsThatComeAgainAreDuplicatesOrContradictionsWhateverTheirCaseAndSpacing() throws IOException {
        Path file = csv("rows.csv", enough() + "Text  A 1 ,a\nTEXT A 1,b\n\uFF34ext a 1,a\n");
        ValidationReport report = validate(train(file));
        assertKinds(report, DUPLICATE, CONTRADICTION);
        assertThat(finding(report, DUPLICATE).occurrences())
                .extracting(Occurrence::place, Occurrence::remark)
                .containsExactly(
                        tuple("train rows.csv line 18", "as train rows.csv line 3"),
                        tuple("train rows.csv line 20", "as train rows.csv line 3"));
        assertThat(finding(report, CONTRADICTION).occurrences())
                .extracting(Occurrence::number, Occurrence::remark)
                .containsExactly(tuple(19L, "unlike train rows.csv line 3"));
    }

    @Test
    void setsOfLabelsAreTheSameInAnyOrder() throws IOException {
        Path file =
                DataFiles.write(folder, "rows.csv", "text,labels\none,a|b\none,b|a\none,a\n" + "two,a|b\n".repeat(8));
        ValidationReport report = validate(train(file));
        assertThat(finding(report, DUPLICATE).count()).isEqualTo(8);
        assertThat(finding(report, CONTRADICTION).count()).isEqualTo(1);
        assertThat(report.singleLabel()).isFalse();
    }

    @Test
    void aTextInTwoPartsIsALeakAndInTwoFilesOfOnePartADuplicate() throws IOException {
        Path train = csv("train.csv", enough());
        Path more = csv("more.csv", "text a 3,a\n");
        Path test = csv("test.csv", "TEXT b 2,b\nnew,a\ntext a 1,b\n");
        ValidationReport report = validate(train(train), train(more), test(test));
        assertKinds(report, LEAK, DUPLICATE, CONTRADICTION);
        assertThat(report.passed()).isFalse();
        assertThat(finding(report, LEAK).occurrences())
                .extracting(Occurrence::place, Occurrence::remark)
                .containsExactly(
                        tuple("test test.csv line 2", "as train train.csv line 12"),
                        tuple("test test.csv line 4", "as train train.csv line 3"));
    }
}
