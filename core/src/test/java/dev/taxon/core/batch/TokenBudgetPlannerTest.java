package dev.taxon.core.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class TokenBudgetPlannerTest {
    private static final int BUDGET = 4096;
    private static final int ROWS = 64;
    private final BatchPlanner planner = new TokenBudgetPlanner(BUDGET, ROWS);

    @Property
    void everyRowStandsInExactlyOneBatch(@ForAll("lengths") int[] lengths) {
        int[] rows = planner.plan(lengths).stream()
                .flatMapToInt(Arrays::stream)
                .sorted()
                .toArray();

        assertThat(rows).hasSize(lengths.length);
        for (int row = 0; row < rows.length; row++) {
            assertThat(rows[row]).isEqualTo(row);
        }
    }

    @Property
    void noBatchIsEmptyOrOverItsLimits(
            @ForAll("lengths") int[] lengths, @ForAll @IntRange(min = 1, max = 9000) int budget) {
        List<int[]> batches = new TokenBudgetPlanner(budget, 7).plan(lengths);

        assertThat(batches).allSatisfy(batch -> {
            assertThat(batch).isNotEmpty().hasSizeLessThanOrEqualTo(7);
            assertThat(batch.length == 1 || tokens(batch, lengths) <= budget).isTrue();
        });
    }

    @Property
    void noRowWouldHaveFittedTheBatchBefore(@ForAll("lengths") int[] lengths) {
        List<int[]> batches = planner.plan(lengths);

        for (int i = 1; i < batches.size(); i++) {
            int[] before = batches.get(i - 1);
            long withNext = tokens(before, lengths) + lengths[batches.get(i)[0]];
            assertThat(before.length == ROWS || withNext > BUDGET).isTrue();
        }
    }

    @Property
    void theLongestBatchComesFirst(@ForAll("lengths") int[] lengths) {
        List<Integer> longest = planner.plan(lengths).stream()
                .map(batch ->
                        Arrays.stream(batch).map(row -> lengths[row]).max().orElse(0))
                .toList();

        assertThat(longest).isSortedAccordingTo((a, b) -> Integer.compare(b, a));
    }

    @Example
    void rowsOfOneLengthFillTheBudget() {
        int[] lengths = new int[100];
        Arrays.fill(lengths, 128);

        assertThat(planner.plan(lengths)).extracting(batch -> batch.length).containsExactly(32, 32, 32, 4);
    }

    @Example
    void mixedLengthsAreNotScattered() {
        int[] lengths = new Random(7).ints(1000, 20, 300).toArray();

        assertThat(planner.plan(lengths)).hasSizeLessThan(1000 * 160 / BUDGET + 3);
    }

    @Example
    void aRowLongerThanTheBudgetGoesAlone() {
        assertThat(planner.plan(new int[] {10, 5000, 10})).containsExactly(new int[] {1}, new int[] {0, 2});
    }

    @Example
    void nothingGivesNoBatch() {
        assertThat(planner.plan(new int[0])).isEmpty();
    }

    @Example
    void refusesBudgetsThatHoldNothing() {
        assertThatThrownBy(() -> new TokenBudgetPlanner(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TokenBudgetPlanner(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Even, clustered and heavy-tailed lengths, alone and mixed. */
    @Provide
    Arbitrary<int[]> lengths() {
        Arbitrary<Integer> even = Arbitraries.integers().between(1, 600);
        Arbitrary<Integer> clustered = Arbitraries.of(8, 9, 64, 65, 512);
        Arbitrary<Integer> heavyTailed =
                Arbitraries.integers().between(1, 1000).map(u -> (int) Math.min(10_000, 5 / Math.pow(u / 1000.0, 1.2)));
        return Arbitraries.oneOf(
                even.array(int[].class).ofMaxSize(300),
                clustered.array(int[].class).ofMaxSize(300),
                heavyTailed.array(int[].class).ofMaxSize(300),
                Arbitraries.oneOf(even, clustered, heavyTailed)
                        .array(int[].class)
                        .ofMaxSize(300));
    }

    private static long tokens(int[] batch, int[] lengths) {
        return Arrays.stream(batch).mapToLong(row -> lengths[row]).sum();
    }

    @Example
    void rowsOfOneRunGoTogetherBehindThoseOfNone() {
        int[] lengths = {10, 20, 30, 40, 50};
        AdapterRuns runs = AdapterRuns.of(List.of("a", "", "a", "", "a"));
        assertThat(new TokenBudgetPlanner(100, 2).plan(lengths, runs))
                .containsExactly(new int[] {3, 1}, new int[] {4, 2}, new int[] {0});
    }
}
