package dev.taxon.training.supervised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.taxon.training.data.Example;
import java.util.List;
import org.junit.jupiter.api.Test;

class BaseErrorTest {
    private static final List<String> LABELS = List.of("a", "b", "c");
    private static final Example RIGHT = new Example("text", LABELS, List.of("b"));

    @Test
    void isTheSoftmaxOfWrongLabels() {
        double all = Math.exp(1) + Math.exp(2) + Math.exp(-1);

        double error = BaseError.of(List.of(RIGHT), List.of(new float[] {1, 2, -1}));

        assertThat(error).isCloseTo((Math.exp(1) + Math.exp(-1)) / all, within(1e-12));
    }

    @Test
    void isTheMeanOfRowsThoseWithoutARightLabelWhollyWrong() {
        Example none = new Example("text", LABELS, List.of());
        List<float[]> logits = List.of(new float[] {0, 0, 0}, new float[] {0, 1000, 0}, new float[] {1000, 0, 0});

        assertThat(BaseError.of(List.of(none, RIGHT, RIGHT), logits)).isCloseTo(2 / 3., within(1e-12));
        assertThat(BaseError.of(List.of(none), logits)).isEqualTo(1);
    }
}
