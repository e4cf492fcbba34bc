package dev.taxon.training.supervised;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.training.data.Example;
import dev.taxon.training.sampling.Randomness;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CandidateDrawTest {
    @Test
    void setsThatAreSmallEnoughAreSeenWhole() {
        Example example = example(5, 1);
        List<String> drawn = draw(8, 0.5, 5).labels(0, example, Randomness.of(1));
        assertThat(drawn).containsExactlyInAnyOrderElementsOf(example.allLabels());
    }

    @Test
    void whatTheBaseTakesForTrueMostComesFirst() {
        // Logits rise with the label's number, so the last ones are the hardest.
        List<String> drawn = draw(4, 1, 20).labels(0, example(20, 3), Randomness.of(1));
        assertThat(drawn).containsExactlyInAnyOrder("label 3", "label 19", "label 18", "label 17");
    }

    @Property
    void trueLabelsAlwaysHaveAPlaceAndNoneStandsTwice(
            @ForAll @IntRange(min = 2, max = 60) int labels,
            @ForAll @IntRange(min = 2, max = 30) int most,
            @ForAll @IntRange(min = 0, max = 1) int hard,
            @ForAll long seed) {
        Example example = example(labels, 1);
        List<String> drawn = draw(most, hard, labels).labels(0, example, Randomness.of(seed));
        assertThat(drawn).contains("label 1").doesNotHaveDuplicates().hasSize(Math.min(labels, most));
        assertThat(example.allLabels()).containsAll(drawn);
    }

    private static Example example(int labels, int truth) {
        List<String> all = new ArrayList<>();
        IntStream.range(0, labels).forEach(label -> all.add("label " + label));
        return new Example("text", all, List.of("label " + truth));
    }

    private static CandidateDraw draw(int most, double hardShare, int labels) {
        float[] logits = new float[labels];
        for (int label = 0; label < labels; label++) {
            logits[label] = label;
        }
        return new CandidateDraw(new SupervisedSettings.Candidates(most, hardShare, 0), List.of(logits));
    }
}
