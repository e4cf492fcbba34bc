package dev.taxon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.core.prompt.EncodedRow;
import dev.taxon.core.prompt.TokenIds;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class MergedLogitsTest {
    @Test
    void chunksOfLabelsStandOneAfterAnother() {
        EncodedInput input = input(Mode.SINGLE_LABEL, 1, 2);
        assertThat(MergedLogits.of(List.of(input), List.of(new float[] {1, 2}, new float[] {3})))
                .containsExactly(new float[] {1, 2, 3});
    }

    @Test
    void withManyLabelsTheBestWindowOfEachCounts() {
        EncodedInput input = input(Mode.MULTI_LABEL, 2, 1);
        assertThat(MergedLogits.of(List.of(input), List.of(new float[] {1, -2}, new float[] {0, 5})))
                .containsExactly(new float[] {1, 5});
    }

    /** The reference: the highest share of any window, over the sum of these. */
    @Test
    void withOneLabelTheBestSharesAreSharedOutAnew() {
        EncodedInput input = input(Mode.SINGLE_LABEL, 2, 1);
        float[] merged = MergedLogits.of(List.of(input), List.of(new float[] {2, 0}, new float[] {0, 1}))
                .get(0);
        double first = Math.exp(2) / (Math.exp(2) + 1);
        double second = Math.exp(1) / (Math.exp(1) + 1);
        assertThat(Decoder.softmax(merged, 1)[0]).isCloseTo(first / (first + second), within(1e-6));
    }

    @Test
    void whatIsNoNumberInOneWindowIsNoneAltogether() {
        EncodedInput input = input(Mode.MULTI_LABEL, 2, 1);
        assertThat(MergedLogits.of(List.of(input), List.of(new float[] {Float.NaN}, new float[] {5}))
                        .get(0)[0])
                .isNaN();
    }

    @Test
    void inputsKeepTheirOwnRows() {
        List<EncodedInput> inputs = List.of(input(Mode.MULTI_LABEL, 2, 1), input(Mode.MULTI_LABEL, 1, 1));
        assertThat(MergedLogits.of(inputs, List.of(new float[] {1}, new float[] {2}, new float[] {3})))
                .containsExactly(new float[] {2}, new float[] {3});
    }

    private static EncodedInput input(Mode mode, int windows, int chunks) {
        ClassificationInput input = new ClassificationInput("text", List.of("a", "b"), mode, null, OnLong.CHUNK, null);
        EncodedRow row = EncodedRow.apart(new TokenIds(1), List.of());
        return new EncodedInput(input, Collections.nCopies(windows * chunks, row), windows, 1, false);
    }
}
