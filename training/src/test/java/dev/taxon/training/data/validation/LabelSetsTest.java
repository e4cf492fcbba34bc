package dev.taxon.training.data.validation;

import static dev.taxon.training.data.validation.FindingKind.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.training.data.ColumnNames;
import dev.taxon.training.data.DataException;
import dev.taxon.training.data.DataFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Labels that are close to each other, outside the set, or without rows. */
final class LabelSetsTest extends ValidatedFiles {
    @Test
    void labelsThatDifferByCaseSpaceOrFormAloneAreNamed() throws IOException {
        Path file = csv("rows.csv", enough() + "new one,A\nnew two, a\nnew three,caf\u00e9\nnew four,cafe\u0301\n");
        Finding variants = finding(validate(train(file)), LABEL_VARIANT);
        assertThat(variants.count()).isEqualTo(5);
        assertThat(variants.names()).containsExactlyInAnyOrder(" a", "A", "a", "caf\u00e9", "cafe\u0301");
    }

    @Test
    void labelsOutsideTheGivenSetAndLabelsWithoutRowsAreNamed() throws IOException {
        Path file = csv("rows.csv", enough() + "new,c\n");
        ValidationReport report = DataValidation.of(
                List.of(train(file)),
                new ValidationOptions(ColumnNames.FOUND, List.of("a", "b", "d"), Optional.empty()));
        assertKinds(report, UNKNOWN_LABEL, UNUSED_LABEL);
        assertThat(finding(report, UNKNOWN_LABEL).names()).containsExactly("c");
        assertThat(finding(report, UNKNOWN_LABEL).occurrences().get(0).number()).isEqualTo(18);
        assertThat(finding(report, UNUSED_LABEL).names()).containsExactly("d");
        assertThat(report.acceptedRows()).isEqualTo(16);
    }

    @Test
    void candidatesOfTheRowsAreTheSet() throws IOException {
        String row = "{\"text\": \"%s\", \"all_labels\": [%s], \"true_labels\": [\"%s\"]}\n";
        String content = row.formatted("one", "\"a\", \"b\"", "c")
                + row.formatted("two", "\"b\", \"a\"", "a")
                + row.formatted("three", "\"a\", \"b\"", "a");
        Path closed = DataFiles.write(folder, "closed.jsonl", content);
        assertKinds(validate(train(closed)), UNKNOWN_LABEL, FEW_EXAMPLES, UNUSED_LABEL);
        Path open = DataFiles.write(
                folder,
                "open.jsonl",
                content + row.formatted("four", "\"a\", \"x\"", "x") + row.formatted("five", "\"a\", \"x\"", "a"));
        ValidationReport report = validate(train(open));
        assertKinds(report, UNKNOWN_LABEL, OPEN_LABEL_SET);
        assertThat(finding(report, OPEN_LABEL_SET).count()).isEqualTo(2);
    }

    @Test
    void columnsThatAreNotReadAndLabelsThatAreNumbersAreNamed() throws IOException {
        Path file = DataFiles.write(folder, "rows.csv", "id,text,label\n1,one,0\n2,two,1\n3,three,0\n4,four,1\n");
        ValidationReport report = validate(train(file));
        assertThat(finding(report, IGNORED_COLUMN).names()).containsExactly("id");
        assertThat(finding(report, NUMBER_LABEL).names()).containsExactly("0", "1");
        assertThat(report.passed()).isTrue();
    }

    @Test
    void labelsThatAreOthersJoinedAreNamed() throws IOException {
        Path file = csv(
                "rows.csv", enough() + "new one,a|b\nnew two,b; c\nnew three,\"c, a\"\nnew four,\"arts, crafts\"\n");
        Finding joined = finding(validate(train(file)), JOINED_LABEL);
        assertThat(joined.count()).isEqualTo(3);
        assertThat(joined.names()).containsExactly("a|b", "b; c", "c, a");
    }

    @Test
    void aColumnOfTextsTakenForLabelsIsToldBeforeItFillsTheHeap() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int row = 0; row < 100_002; row++) {
            rows.append("one,").append(row).append('\n');
        }
        Path file = csv("rows.csv", rows.toString());
        assertThatThrownBy(() -> validate(train(file)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("100,000 different labels")
                .hasMessageContaining("--label-column");
    }
}
