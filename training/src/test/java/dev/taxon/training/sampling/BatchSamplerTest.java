package dev.taxon.training.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.core.prompt.TokenIds;
import dev.taxon.training.Fixtures;
import dev.taxon.training.data.DataException;
import dev.taxon.training.data.Example;
import dev.taxon.training.data.LabelledSet;
import dev.taxon.training.sampling.SamplingSettings.BatchShape;
import dev.taxon.training.sampling.SamplingSettings.LabelChoice;
import dev.taxon.training.step.TrainingBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BatchSamplerTest {
    private static final BatchShape SHAPE = new BatchShape(2, 256, 12, 120);
    private static final LabelledSet LARGE = Fixtures.set("large", 400, 20);
    private static final LabelledSet SMALL = Fixtures.set("small", 25, 3);

    @Test
    void aBatchDependsOnSeedAndStepAlone() {
        BatchSampler straight = sampler(LARGE, SMALL);
        List<String> inOrder = IntStream.rangeClosed(1, 60)
                .mapToObj(step -> shown(straight.batch(step)))
                .toList();
        BatchSampler jumping = sampler(LARGE, SMALL);
        for (int step : new int[] {60, 3, 59, 1, 31, 31, 60}) {
            assertThat(shown(jumping.batch(step))).isEqualTo(inOrder.get(step - 1));
        }
        assertThat(new HashSet<>(inOrder)).hasSize(60);
        BatchSampler reseeded =
                new BatchSampler(settings(2, Map.of(), Set.of()), List.of(LARGE, SMALL), Fixtures.tokens());
        assertThat(shown(reseeded.batch(1))).isNotEqualTo(inOrder.get(0));
    }

    @Property(tries = 40)
    void batchesKeepToTheirBounds(@ForAll @IntRange(min = 1, max = 200) int step) {
        TrainingBatch batch = sampler(LARGE, SMALL).batch(step);
        int longest =
                batch.rows().stream().mapToInt(row -> row.text().length()).max().orElseThrow();
        assertThat(batch.rows()).hasSizeBetween(1, SHAPE.maxRows());
        assertThat(longest * batch.rows().size()).isLessThanOrEqualTo(SHAPE.tokenBudget());
        assertThat(new HashSet<>(batch.labels())).hasSameSizeAs(batch.labels());
    }

    @Property(tries = 40)
    void everyRowSeesItsTrueLabelAmongOthersOfItsSet(@ForAll @IntRange(min = 1, max = 200) int step) {
        Map<TokenIds, Example> byText = new HashMap<>();
        for (LabelledSet set : List.of(LARGE, SMALL)) {
            set.examples().forEach(example -> byText.put(Fixtures.tokens().text(example.text()), example));
        }
        TrainingBatch batch = sampler(LARGE, SMALL).batch(step);
        for (TrainingBatch.Row row : batch.rows()) {
            Example example = Objects.requireNonNull(byText.get(row.text()));
            Set<TokenIds> offered = tokens(example.allLabels());
            assertThat(labels(batch, row)).doesNotHaveDuplicates().isSubsetOf(offered);
            assertThat(truths(batch, row)).isEqualTo(tokens(example.trueLabels()));
            assertThat(row.labels().length).isBetween(2, 8);
            assertThat(row.singleLabel()).isTrue();
        }
    }

    @Test
    void noRowComesAgainBeforeAllOthersDid() {
        BatchSampler sampler = sampler(SMALL);
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
        BatchSampler sampler =
                new BatchSampler(settings(1, weights, Set.of()), List.of(LARGE, SMALL), Fixtures.tokens());
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
        BatchSampler sampler =
                new BatchSampler(settings(1, Map.of(), Set.of("large")), List.of(LARGE, SMALL), Fixtures.tokens());
        assertThat(IntStream.rangeClosed(1, 50).boxed().flatMap(step -> sampler.places(step).stream()))
                .allMatch(place -> place.startsWith("small row "));
    }

    @Test
    void labelsRecurWithinABatch() {
        LabelledSet many = Fixtures.set("many", 500, 150);
        TrainingBatch batch = sampler(many).batch(1);
        int shown = batch.rows().stream().mapToInt(row -> row.labels().length).sum();
        assertThat(batch.rows().size()).isGreaterThan(5);
        // Twelve rows at most, each bringing one true label, and otherwise the pool of 10.
        assertThat(batch.labels()).hasSizeLessThanOrEqualTo(22).hasSizeLessThan(shown);
    }

    @Test
    void rowsWithLabelsOfTheirOwnSeeOnlyThose() {
        List<Example> rows = IntStream.range(0, 40)
                .mapToObj(i ->
                        new Example("question " + i, List.of("yes " + i, "no " + i, "so " + i), List.of("no " + i)))
                .toList();
        BatchSampler sampler = sampler(LabelledSet.of("choice", "digest", rows), LARGE);
        for (int step = 1; step <= 40; step++) {
            List<String> places = sampler.places(step);
            long choices =
                    places.stream().filter(place -> place.startsWith("choice")).count();
            assertThat(choices).isIn(0L, (long) places.size());
            if (choices > 0) {
                TrainingBatch batch = sampler.batch(step);
                assertThat(batch.labels())
                        .hasSizeLessThanOrEqualTo(3 * batch.rows().size());
            }
        }
    }

    @Test
    void aSetWithARowOfTwoTrueLabelsIsMultiLabel() {
        List<Example> rows = List.of(
                new Example("both", List.of("a", "b", "c"), List.of("a", "b")),
                new Example("one", List.of("a", "b", "c"), List.of("a")),
                new Example("none", List.of("a", "b", "c"), List.of()));
        TrainingBatch batch = sampler(LabelledSet.of("multi", "digest", rows)).batch(1);
        assertThat(batch.rows()).noneMatch(TrainingBatch.Row::singleLabel);
    }

    @Test
    void aSetOfOneRowAndOneLabelCanBeDrawn() {
        LabelledSet lonely =
                LabelledSet.of("lonely", "digest", List.of(new Example("alone", List.of("only"), List.of("only"))));
        TrainingBatch batch = sampler(lonely).batch(3);
        assertThat(batch.labels()).hasSize(1);
        assertThat(batch.rows()).allMatch(row -> Arrays.equals(row.targets(), new float[] {1}));
    }

    @Test
    void templatesApplyToWholeRows() {
        LabelChoice templated = new LabelChoice(8, 10, 0, List.of("about {label}"), 0.5);
        BatchSampler sampler = new BatchSampler(
                new SamplingSettings(1, 0.5, Map.of(), Set.of(), SHAPE, templated), List.of(LARGE), Fixtures.tokens());
        int about = Fixtures.words("about").at(0);
        Set<Integer> kinds = new HashSet<>();
        for (int step = 1; step <= 10; step++) {
            TrainingBatch batch = sampler.batch(step);
            for (TrainingBatch.Row row : batch.rows()) {
                long used = labels(batch, row).stream()
                        .filter(label -> label.at(0) == about)
                        .count();
                assertThat(used).isIn(0L, (long) row.labels().length);
                kinds.add(used == 0 ? 0 : 1);
            }
        }
        assertThat(kinds).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void stepsForRowsIsTheFirstStepThatReachesThem() {
        BatchSampler sampler = sampler(LARGE, SMALL);
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
                        settings(1, Map.of("smal", 2.0), Set.of()), List.of(LARGE, SMALL), Fixtures.tokens()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("smal in the data")
                .hasMessageContaining("large, small");
    }

    @Test
    void nothingLeftToTrainOnIsRefused() {
        assertThatThrownBy(() ->
                        new BatchSampler(settings(1, Map.of(), Set.of("small")), List.of(SMALL), Fixtures.tokens()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no data");
    }

    @Test
    void setsOfOneNameAreRefused() {
        assertThatThrownBy(() -> sampler(SMALL, SMALL))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("same name");
    }

    private static BatchSampler sampler(LabelledSet... sets) {
        return new BatchSampler(settings(1, Map.of(), Set.of()), List.of(sets), Fixtures.tokens());
    }

    private static SamplingSettings settings(long seed, Map<String, Double> weights, Set<String> excluded) {
        return new SamplingSettings(seed, 0.5, weights, excluded, SHAPE, new LabelChoice(8, 10, 0.25, List.of(), 0));
    }

    private static String shown(TrainingBatch batch) {
        return batch.labels()
                + batch.rows().stream()
                        .map(row -> row.text() + Arrays.toString(row.labels()) + Arrays.toString(row.targets()))
                        .collect(Collectors.joining());
    }

    private static List<TokenIds> labels(TrainingBatch batch, TrainingBatch.Row row) {
        return Arrays.stream(row.labels()).mapToObj(batch.labels()::get).toList();
    }

    private static Set<TokenIds> truths(TrainingBatch batch, TrainingBatch.Row row) {
        return IntStream.range(0, row.labels().length)
                .filter(i -> row.targets()[i] == 1)
                .mapToObj(i -> batch.labels().get(row.labels()[i]))
                .collect(Collectors.toSet());
    }

    private static Set<TokenIds> tokens(List<String> labels) {
        return labels.stream().map(Fixtures.tokens()::label).collect(Collectors.toSet());
    }

    private static Offset<Double> offset() {
        return Offset.offset(0.01);
    }
}
