package dev.taxon.training.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.core.Mode;
import dev.taxon.training.data.Example;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CosineSimilarityTest {
    private static final Map<String, float[]> VECTORS = Map.of(
            "goal", new float[] {3, 0.1f},
            "vote", new float[] {0.2f, 0.3f},
            "nothing", new float[] {0, 0},
            "sports", new float[] {1, 0},
            "politics", new float[] {0, 9},
            "This text is about sports.", new float[] {0, 1},
            "This text is about politics.", new float[] {1, 0});

    private final List<String> embedded = new ArrayList<>();

    @Test
    void answersWithTheLabelThatPointsTheSameWayWhateverItsLength() {
        assertThat(CosineSimilarity.bare(this::embed).predict(rows("goal", "vote"), Mode.SINGLE_LABEL))
                .containsExactly(List.of("sports"), List.of("politics"));
    }

    @Test
    void aTemplateIsPutAroundTheLabelAlone() {
        CosineSimilarity templated = CosineSimilarity.templated(this::embed, CosineSimilarity.TEMPLATE);
        assertThat(templated.predict(rows("goal"), Mode.SINGLE_LABEL)).containsExactly(List.of("politics"));
        assertThatThrownBy(() -> CosineSimilarity.templated(this::embed, "about"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void labelsAreEmbeddedOnce() {
        CosineSimilarity cosine = CosineSimilarity.bare(this::embed);
        cosine.predict(rows("goal", "vote"), Mode.SINGLE_LABEL);
        cosine.predict(rows("goal"), Mode.SINGLE_LABEL);
        assertThat(embedded).containsExactly("sports", "politics", "goal", "vote", "goal");
    }

    @Test
    void aTextWithoutDirectionGetsTheFirstLabel() {
        assertThat(CosineSimilarity.bare(this::embed).predict(rows("nothing"), Mode.SINGLE_LABEL))
                .containsExactly(List.of("sports"));
    }

    private float[][] embed(List<String> texts) {
        embedded.addAll(texts);
        return texts.stream().map(VECTORS::get).toArray(float[][]::new);
    }

    private static List<Example> rows(String... texts) {
        return List.of(texts).stream()
                .map(text -> new Example(text, List.of("sports", "politics"), List.of()))
                .toList();
    }
}
