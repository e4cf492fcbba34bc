package dev.taxon.training.data.validation;

import static dev.taxon.training.data.validation.FindingKind.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.training.data.DataFiles;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data that teach too little. */
final class TooFewExamplesTest extends ValidatedFiles {
    @Test
    void labelsWithTooFewExamplesCountInThePartToTrainOnAlone() throws IOException {
        Path train = csv("train.csv", enough() + "lonely,c\n" + "few 1,d\nfew 2,d\n");
        Path test = csv("test.csv", "tested,e\n");
        ValidationReport report = validate(train(train), test(test));
        assertKinds(report, LONE_EXAMPLE, FEW_EXAMPLES, UNUSED_LABEL);
        assertThat(finding(report, LONE_EXAMPLE).names()).containsExactly("c");
        assertThat(finding(report, FEW_EXAMPLES).names()).containsExactly("d");
        assertThat(finding(report, UNUSED_LABEL).names()).containsExactly("e");
        assertThat(validate(test(test), test(csv("more.csv", "x,f\n"))).findings())
                .isEmpty();
    }

    @Test
    void rowsWithoutLabelsAreCountedAndTaken() throws IOException {
        ValidationReport report = validate(train(csv("rows.csv", enough() + "nothing fits,\n")));
        assertKinds(report, NO_LABEL);
        assertThat(report.passed()).isTrue();
        assertThat(report.acceptedRows()).isEqualTo(17);
    }

    @Test
    void oneLabelIsNothingToTellApartUnlessSomeRowsHaveNone() throws IOException {
        String rows = "one,a\ntwo,a\n";
        assertKinds(validate(train(csv("rows.csv", rows))), ONE_LABEL, FEW_EXAMPLES);
        assertKinds(validate(train(csv("rows.csv", rows + "three,\n"))), FEW_EXAMPLES, NO_LABEL);
    }

    @Test
    void rowsThatAllHaveTheSameLabelOfSeveralAreNothingToTellApart() throws IOException {
        String rows = "text,all_labels,true_labels\n" + "one,a|b,a\ntwo,a|b,a\n";
        ValidationReport report = validate(train(DataFiles.write(folder, "rows.csv", rows)));
        assertKinds(report, ONE_ANSWER, FEW_EXAMPLES, UNUSED_LABEL);
    }

    @Test
    void oneRowIsTooFew() throws IOException {
        assertKinds(validate(train(csv("rows.csv", "one,a\n"))), ONE_LABEL, LONE_EXAMPLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rows.csv", "rows.jsonl"})
    void noRowsIsAnError(String name) throws IOException {
        Path file = DataFiles.write(folder, name, name.endsWith("csv") ? "text,label\n" : "\n\n");
        ValidationReport report = validate(train(file));
        assertKinds(report, NO_ROWS);
        assertThat(report.passed()).isFalse();
    }
}
