package dev.taxon.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.core.prompt.TokenIds;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelStatesTest {
    private final List<TokenIds> encoded = new ArrayList<>();
    private final List<Integer> passes = new ArrayList<>();

    @Test
    void eachLabelIsEncodedOnce() {
        LabelStates states = new LabelStates(this::encode, 1000, 4);
        assertThat(states.of(List.of(label(1), label(2)))).containsExactly(state(1), state(2));
        assertThat(states.of(List.of(label(2), label(3), label(1)))).containsExactly(state(2), state(3), state(1));
        assertThat(encoded).containsExactlyInAnyOrder(label(1), label(2), label(3));
    }

    @Test
    void theLeastRecentlyUsedGoesFirst() {
        LabelStates states = new LabelStates(this::encode, 8, 4);
        states.of(List.of(label(1), label(2)));
        states.of(List.of(label(1)));
        states.of(List.of(label(3)));
        encoded.clear();
        states.of(List.of(label(1), label(3)));
        assertThat(encoded).isEmpty();
        states.of(List.of(label(2)));
        assertThat(encoded).containsExactly(label(2));
    }

    @Test
    void moreLabelsThanTheBudgetHoldsAreAllAnswered() {
        LabelStates states = new LabelStates(this::encode, 4, 4);
        assertThat(states.of(List.of(label(1), label(2), label(3)))).hasSize(3);
        assertThat(states.size()).isEqualTo(1);
    }

    @Test
    void longLabelsAreEncodedInPassesOfBoundedSize() {
        List<TokenIds> labels = IntStream.range(0, 40)
                .mapToObj(label -> new TokenIds(
                        IntStream.range(0, 500).map(token -> label + token).toArray()))
                .toList();
        new LabelStates(this::encode, 1000, 4).of(labels);
        assertThat(passes)
                .hasSizeGreaterThan(1)
                .allSatisfy(tokens -> assertThat(tokens).isLessThanOrEqualTo(8192));
    }

    private List<float[]> encode(List<TokenIds> labels) {
        encoded.addAll(labels);
        passes.add(labels.stream().mapToInt(TokenIds::length).sum());
        return labels.stream().map(label -> state(label.at(0))).toList();
    }

    private static TokenIds label(int id) {
        return new TokenIds(id);
    }

    private static float[] state(int id) {
        return new float[] {id};
    }
}
