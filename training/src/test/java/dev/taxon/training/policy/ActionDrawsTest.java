package dev.taxon.training.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ActionDrawsTest {

    @Property
    void numbersDependOnSeedStepAndRowAlone(@ForAll long seed, @ForAll @IntRange(min = 1) int step) {
        double[] draws = ActionDraws.of(seed, step, 3, 8);
        assertThat(Arrays.stream(draws)).allMatch(draw -> draw >= 0 && draw < 1);
        // A row's labels are fewer in a narrower batch; what it draws for them is the same.
        assertThat(ActionDraws.of(seed, step, 3, 5)).isEqualTo(Arrays.copyOf(draws, 5));
    }

    @Test
    void anyOtherSeedStepOrRowDrawsOtherNumbers() {
        double[] draws = ActionDraws.of(1, 2, 3, 4);
        assertThat(ActionDraws.of(2, 2, 3, 4)).isNotEqualTo(draws);
        assertThat(ActionDraws.of(1, 3, 3, 4)).isNotEqualTo(draws);
        assertThat(ActionDraws.of(1, 2, 4, 4)).isNotEqualTo(draws);
    }
}
