package dev.taxon.training.supervised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.taxon.core.Mode;
import dev.taxon.training.data.Example;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerLossTest {
    private static final List<Example> EXAMPLES = List.of(new Example("text", List.of("a", "b"), List.of("b")));

    @Test
    void singleLabelIsTheCrossEntropyOfTheSoftmax() {
        double expected = -Math.log(Math.exp(2) / (Math.exp(1) + Math.exp(2)));
        assertThat(AnswerLoss.of(EXAMPLES, List.of(new float[] {1, 2}), Mode.SINGLE_LABEL))
                .isCloseTo(expected, within(1e-12));
    }

    @Test
    void multiLabelIsTheMeanOfBinaryCrossEntropies() {
        double ofFirst = -Math.log(1 - 1 / (1 + Math.exp(-1)));
        double ofSecond = -Math.log(1 / (1 + Math.exp(-2)));
        assertThat(AnswerLoss.of(EXAMPLES, List.of(new float[] {1, 2}), Mode.MULTI_LABEL))
                .isCloseTo((ofFirst + ofSecond) / 2, within(1e-12));
    }

    @Test
    void staysFiniteForLogitsFarOut() {
        assertThat(AnswerLoss.of(EXAMPLES, List.of(new float[] {1000, -1000}), Mode.SINGLE_LABEL))
                .isEqualTo(2000);
        assertThat(AnswerLoss.of(EXAMPLES, List.of(new float[] {1000, -1000}), Mode.MULTI_LABEL))
                .isEqualTo(1000);
    }
}
