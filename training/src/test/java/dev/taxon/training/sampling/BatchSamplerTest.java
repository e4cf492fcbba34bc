package dev.taxon.training.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.training.Fixtures;
import dev.taxon.training.data.DataException;
import dev.taxon.training.step.TrainingBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BatchSamplerTest {
    @Test
    void aBatchDependsOnSeedAndStepAlone() {
        BatchSampler straight = Samplers.sampler(Samplers.LARGE, Samplers.SMALL);
        List<String> inOrder = IntStream.rangeClosed(1, 60)
                .mapToObj(step -> shown(straight.batch(step)))
                .toList();
        BatchSampler jumping = Samplers.sampler(Samplers.LARGE, Samplers.SMALL);
        for (int step : new int[] {60, 3, 59, 1, 31, 31, 60}) {
            assertThat(shown(jumping.batch(step))).isEqualTo(inOrder.get(step - 1));
        }
        assertThat(new HashSet<>(inOrder)).hasSize(60);
        BatchSampler reseeded = new BatchSampler(
                Samplers.settings(2, Map.of(), Set.of()), List.of(Samplers.LARGE, Samplers.SMALL), Fixtures.tokens());
        assertThat(shown(reseeded.batch(1))).isNotEqualTo(inOrder.get(0));
    }

    @Property(tries = 40)
    void batchesKeepToTheirBounds(@ForAll @IntRange(min = 1, max = 200) int step) {
        TrainingBatch batch = Samplers.sampler(Samplers.LARGE, Samplers.SMALL).batch(step);
        int longest =
                batch.rows().stream().mapToInt(row -> row.text().length()).max().orElseThrow();
        assertThat(batch.rows()).hasSizeBetween(1, Samplers.SHAPE.maxRows());
        assertThat(longest * batch.rows().size()).isLessThanOrEqualTo(Samplers.SHAPE.tokenBudget());
        assertThat(new HashSet<>(batch.labels())).hasSameSizeAs(batch.labels());
    }

    @Test
    void noRowComesAgainBeforeAllOthersDid() {
        BatchSampler sampler = Samplers.sampler(Samplers.SMALL);
        List<String> drawn = new ArrayList<>();
        for (int step = 1; drawn.size() < 2400; step++) {
            drawn.addAll(sampler.places(step));
        }
        // 2,400 rows are 20 whole rounds of 120, at the end of which no row may be ahead by more than one.
        Map<String, Long> counts =
                drawn.subList(0, 2400).stream().collect(Collectors.groupingBy(place -> place, Collectors.counting()));
        assertThat(counts.values()).hasSize(25).allMatch(count -> count == 96);
    }

    @Test
    void setsGiveRowsInProportionToTheRootOfTheirSizeTimesTheirWeight() {
        assertThat(shareOfSmall(Map.of())).isCloseTo(5 / 25.0, offset());
        assertThat(shareOfSmall(Map.of("small", 4.0))).isCloseTo(20 / 40.0, offset());
    }

    private static double shareOfSmall(Map<String, Double> weights) {
        BatchSampler sampler = new BatchSampler(
                Samplers.settings(1, weights, Set.of()), List.of(Samplers.LARGE, Samplers.SMALL), Fixtures.tokens());
        List<String> places = IntStream.rangeClosed(1, 400)
                .boxed()
                .flatMap(step -> sampler.places(step).stream())
                .toList();
        return (double) places.stream()
                        .filter(place -> place.startsWith("small"))
                        .count()
                / places.size();
    }

    @Test
    void excludedSetsGiveNoRows() {
        BatchSampler sampler = new BatchSampler(
                Samplers.settings(1, Map.of(), Set.of("large")),
                List.of(Samplers.LARGE, Samplers.SMALL),
                Fixtures.tokens());
        assertThat(IntStream.rangeClosed(1, 50).boxed().flatMap(step -> sampler.places(step).stream()))
                .allMatch(place -> place.startsWith("small row "));
    }

    @Test
    void stepsForRowsIsTheFirstStepThatReachesThem() {
        BatchSampler sampler = Samplers.sampler(Samplers.LARGE, Samplers.SMALL);
        int steps = sampler.stepsFor(333);
        int before = IntStream.range(1, steps)
                .map(step -> sampler.places(step).size())
                .sum();
        assertThat(before).isLessThan(333);
        assertThat(before + sampler.places(steps).size()).isGreaterThanOrEqualTo(333);
    }

    @Test
    void aNameThatIsNotInTheDataIsRefused() {
        assertThatThrownBy(() -> new BatchSampler(
                        Samplers.settings(1, Map.of("smal", 2.0), Set.of()),
                        List.of(Samplers.LARGE, Samplers.SMALL),
                        Fixtures.tokens()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("smal in the data")
                .hasMessageContaining("large, small");
    }

    @Test
    void nothingLeftToTrainOnIsRefused() {
        assertThatThrownBy(() -> new BatchSampler(
                        Samplers.settings(1, Map.of(), Set.of("small")), List.of(Samplers.SMALL), Fixtures.tokens()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no data");
    }

    @Test
    void setsOfOneNameAreRefused() {
        assertThatThrownBy(() -> Samplers.sampler(Samplers.SMALL, Samplers.SMALL))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("same name");
    }

    private static String shown(TrainingBatch batch) {
        return batch.labels()
                + batch.rows().stream()
                        .map(row -> row.text() + Arrays.toString(row.labels()) + Arrays.toString(row.targets()))
                        .collect(Collectors.joining());
    }

    private static Offset<Double> offset() {
        return Offset.offset(0.01);
    }
}
