package dev.taxon.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.core.CacheStatistics;
import dev.taxon.core.prompt.TokenIds;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelStatesTest {
    private final List<LabelKey> encoded = new ArrayList<>();
    private final List<Integer> passes = new ArrayList<>();

    @Test
    void eachLabelIsEncodedOnce() {
        LabelStates states = new LabelStates(1000, 4);
        assertThat(states.of(List.of(label(1), label(2)), this::encode)).containsExactly(state(1), state(2));
        assertThat(states.of(List.of(label(2), label(3), label(1)), this::encode))
                .containsExactly(state(2), state(3), state(1));
        assertThat(encoded).containsExactlyInAnyOrder(label(1), label(2), label(3));
    }

    @Test
    void theLeastRecentlyUsedGoesFirst() {
        LabelStates states = new LabelStates(8, 4);
        states.of(List.of(label(1), label(2)), this::encode);
        states.of(List.of(label(1)), this::encode);
        states.of(List.of(label(3)), this::encode);
        encoded.clear();
        states.of(List.of(label(1), label(3)), this::encode);
        assertThat(encoded).isEmpty();
        states.of(List.of(label(2)), this::encode);
        assertThat(encoded).containsExactly(label(2));
    }

    @Test
    void moreLabelsThanTheBudgetHoldsAreAllAnswered() {
        LabelStates states = new LabelStates(4, 4);
        assertThat(states.of(List.of(label(1), label(2), label(3)), this::encode))
                .hasSize(3);
        assertThat(states.statistics().entries()).isEqualTo(1);
    }

    @Test
    void whatWasPreparedForWhoAsksNextWasMissedOnce() {
        LabelStates states = new LabelStates(8, 4);
        states.prepare(List.of(label(1), label(2)), this::encode);
        assertThat(states.statistics()).isEqualTo(new CacheStatistics(0, 2, 8, 2, 8));
        states.of(List.of(label(1), label(2)), this::encode);
        assertThat(states.statistics()).isEqualTo(new CacheStatistics(0, 2, 8, 2, 8));
        states.of(List.of(label(1)), this::encode);
        assertThat(states.statistics()).isEqualTo(new CacheStatistics(1, 2, 8, 2, 8));
    }

    @Test
    void labelsBeyondTheBudgetAreMissedEachTime() {
        LabelStates states = new LabelStates(4, 4);
        states.of(List.of(label(1), label(2), label(3)), this::encode);
        states.of(List.of(label(1), label(2)), this::encode);
        assertThat(states.statistics()).isEqualTo(new CacheStatistics(0, 5, 20, 1, 4));
    }

    @Test
    void labelsWithoutAnAdapterAreEncodedByThemselves() {
        LabelStates states = new LabelStates(1000, 4);
        LabelKey first = new LabelKey("a", label(1).label());
        LabelKey second = new LabelKey("b", label(2).label());
        assertThat(states.of(List.of(first, label(1), second, label(2)), this::encode))
                .containsExactly(state(1), state(1), state(2), state(2));
        assertThat(encoded).containsExactly(label(1), label(2), first, second);
        assertThat(passes).containsExactly(2, 2);
    }

    @Test
    void longLabelsAreEncodedInPassesOfBoundedSize() {
        List<LabelKey> labels = IntStream.range(0, 40)
                .mapToObj(label -> new LabelKey(
                        "",
                        new TokenIds(IntStream.range(0, 500)
                                .map(token -> label + token)
                                .toArray())))
                .toList();
        new LabelStates(1000, 4).of(labels, this::encode);
        assertThat(passes)
                .hasSizeGreaterThan(1)
                .allSatisfy(tokens -> assertThat(tokens).isLessThanOrEqualTo(8192));
    }

    private List<float[]> encode(List<LabelKey> labels) {
        encoded.addAll(labels);
        passes.add(labels.stream().mapToInt(label -> label.label().length()).sum());
        return labels.stream().map(label -> state(label.label().at(0))).toList();
    }

    private static LabelKey label(int id) {
        return new LabelKey("", new TokenIds(id));
    }

    private static float[] state(int id) {
        return new float[] {id};
    }
}
