package dev.taxon.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.training.run.RateSchedule.Decay;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RateScheduleTest {
    private static final Offset<Double> EXACT = Offset.offset(1e-12);

    @Test
    void warmsUpInAStraightLineAndFallsInOne() {
        RateSchedule schedule = new RateSchedule(10, 0.2, Decay.LINEAR);
        double[] expected = {0.5, 1, 1, 7 / 8.0, 6 / 8.0, 5 / 8.0, 4 / 8.0, 3 / 8.0, 2 / 8.0, 1 / 8.0};
        for (int step = 1; step <= 10; step++) {
            assertThat(schedule.factor(step)).isCloseTo(expected[step - 1], EXACT);
        }
    }

    @Test
    void theCosineIsHalfWayDownHalfWayThrough() {
        RateSchedule schedule = new RateSchedule(10, 0.2, Decay.COSINE);
        assertThat(schedule.factor(3)).isCloseTo(1, EXACT);
        assertThat(schedule.factor(7)).isCloseTo(0.5, EXACT);
        assertThat(schedule.factor(10)).isCloseTo((1 + Math.cos(Math.PI * 7 / 8)) / 2, EXACT);
    }

    @Test
    void withoutWarmUpTheFirstStepIsTheHighest() {
        assertThat(new RateSchedule(4, 0, Decay.LINEAR).factor(1)).isCloseTo(1, EXACT);
    }

    @Property
    void everyFactorIsAboveZeroAndAtMostOne(
            @ForAll @IntRange(min = 1, max = 500) int steps,
            @ForAll @DoubleRange(min = 0, max = 0.99) double warmup,
            @ForAll Decay decay) {
        RateSchedule schedule = new RateSchedule(steps, warmup, decay);
        for (int step = 1; step <= steps; step++) {
            assertThat(schedule.factor(step)).isGreaterThan(0).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void stepsOutsideTheRunAreRefused() {
        RateSchedule schedule = new RateSchedule(4, 0.1, Decay.LINEAR);
        assertThatThrownBy(() -> schedule.factor(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> schedule.factor(5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RateSchedule(4, 1, Decay.LINEAR)).isInstanceOf(IllegalArgumentException.class);
    }
}
