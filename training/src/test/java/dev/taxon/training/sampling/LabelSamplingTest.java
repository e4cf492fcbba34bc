package dev.taxon.training.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.core.prompt.TokenIds;
import dev.taxon.training.Fixtures;
import dev.taxon.training.data.Example;
import dev.taxon.training.data.LabelledSet;
import dev.taxon.training.sampling.SamplingSettings.LabelChoice;
import dev.taxon.training.step.TrainingBatch;
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
import org.junit.jupiter.api.Test;

/** Which labels the rows of a batch see. */
class LabelSamplingTest {
    @Property(tries = 40)
    void everyRowSeesItsTrueLabelAmongOthersOfItsSet(@ForAll @IntRange(min = 1, max = 200) int step) {
        Map<TokenIds, Example> byText = new HashMap<>();
        for (LabelledSet set : List.of(Samplers.LARGE, Samplers.SMALL)) {
            set.examples().forEach(example -> byText.put(Fixtures.tokens().text(example.text()), example));
        }
        TrainingBatch batch = Samplers.sampler(Samplers.LARGE, Samplers.SMALL).batch(step);
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
    void labelsRecurWithinABatch() {
        LabelledSet many = Fixtures.set("many", 500, 150);
        TrainingBatch batch = Samplers.sampler(many).batch(1);
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
        BatchSampler sampler = Samplers.sampler(LabelledSet.of("choice", "digest", rows), Samplers.LARGE);
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
        TrainingBatch batch =
                Samplers.sampler(LabelledSet.of("multi", "digest", rows)).batch(1);
        assertThat(batch.rows()).noneMatch(TrainingBatch.Row::singleLabel);
    }

    @Test
    void aSetOfOneRowAndOneLabelCanBeDrawn() {
        LabelledSet lonely =
                LabelledSet.of("lonely", "digest", List.of(new Example("alone", List.of("only"), List.of("only"))));
        TrainingBatch batch = Samplers.sampler(lonely).batch(3);
        assertThat(batch.labels()).hasSize(1);
        assertThat(batch.rows()).allMatch(row -> Arrays.equals(row.targets(), new float[] {1}));
    }

    @Test
    void templatesApplyToWholeRows() {
        LabelChoice templated = new LabelChoice(8, 10, 0, List.of("about {label}"), 0.5);
        BatchSampler sampler = new BatchSampler(
                new SamplingSettings(1, 0.5, Map.of(), Set.of(), Samplers.SHAPE, templated),
                List.of(Samplers.LARGE),
                Fixtures.tokens());
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
}
