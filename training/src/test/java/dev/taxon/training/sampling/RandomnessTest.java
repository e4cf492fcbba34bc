package dev.taxon.training.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RandomnessTest {

    @Property
    void aPermutationHoldsEveryNumberOnce(@ForAll long seed, @ForAll @IntRange(max = 300) int size) {
        int[] order = Randomness.of(seed, 3).permutation(size);
        Arrays.sort(order);
        assertThat(order).isEqualTo(IntStream.range(0, size).toArray());
    }

    @Property
    void numbersStayBelowTheBound(@ForAll long seed, @ForAll @IntRange(min = 1) int bound) {
        assertThat(Randomness.of(seed).nextInt(bound)).isBetween(0, bound - 1);
    }

    @Test
    void numbersAreTheSameForEver() {
        // Resuming on another machine or Java version relies on these; worked out apart from this code.
        Randomness random = Randomness.of(42, 1, 2);
        assertThat(new long[] {random.nextLong(), random.nextLong(), random.nextLong()})
                .containsExactly(-4359189615288098240L, -7429445065887060799L, -5040711000546076210L);
    }

    @Test
    void neighbouringPurposesAreUnrelated() {
        long equal = IntStream.range(0, 1000)
                .filter(i -> Randomness.of(1, i).nextInt(10)
                        == Randomness.of(1, i + 1).nextInt(10))
                .count();
        assertThat(equal).isBetween(60L, 140L);
    }

    @Test
    void allNumbersComeAlike() {
        int[] counts = new int[10];
        Randomness random = Randomness.of(9);
        for (int i = 0; i < 100_000; i++) {
            counts[random.nextInt(10)]++;
        }
        assertThat(Arrays.stream(counts)).allMatch(count -> count > 9_600 && count < 10_400);
    }
}
