package dev.taxon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.taxon.core.Classification.NotFinite;
import dev.taxon.core.Classification.Scored;
import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.core.prompt.TokenIds;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecoderTest {
    @Test
    void singleLabelAnswersWithItsBestEvenWhenUnsure() {
        Scored scored = decode(Mode.SINGLE_LABEL, null, List.of("a", "b", "c"), 0.1f, 0.2f, 0.1f);
        assertThat(scored.predictions().stream().map(LabelScore::label)).containsExactly("b");
        assertThat(scored.scores().stream().mapToDouble(LabelScore::score).sum())
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void singleLabelBelowARequestedThresholdAnswersNothing() {
        assertThat(decode(Mode.SINGLE_LABEL, 0.6, List.of("a", "b"), 0f, 0.1f).predictions())
                .isEmpty();
    }

    @Test
    void multiLabelAnswersWithAllAtOrAboveTheThreshold() {
        Scored scored = decode(Mode.MULTI_LABEL, null, List.of("low", "even", "high"), -1f, 0f, 2f);
        assertThat(scored.predictions().stream().map(LabelScore::label)).containsExactly("high", "even");
        assertThat(scored.predictions().get(1).score()).isEqualTo(0.5);
        assertThat(scored.scores()).hasSize(3);
    }

    @Test
    void aLabelThatStandsTwiceKeepsItsLastScore() {
        Scored scored = decode(Mode.MULTI_LABEL, 0.1, List.of("twice", "once", "twice"), 3f, 0f, -1f);
        assertThat(scored.logits()).containsExactly(3f, 0f, -1f);
        assertThat(scored.scores()).hasSize(2);
        assertThat(scored.scores().get(1).label()).isEqualTo("twice");
        assertThat(scored.scores().get(1).score()).isCloseTo(0.26894, within(1e-4));
    }

    @Test
    void softmaxTakesLargeLogits() {
        assertThat(Decoder.softmax(new float[] {1e30f, 1e30f})).containsExactly(0.5, 0.5);
    }

    @Test
    void aRowThatIsNotFiniteLeavesItsNeighbourAlone() {
        EncodedInput row = row(Mode.SINGLE_LABEL, null, List.of("a", "b"));
        List<Classification> decoded =
                Decoder.decode(List.of(row, row), List.of(new float[] {Float.NaN, 1}, new float[] {1, 0}));
        assertThat(decoded.get(0)).isEqualTo(new NotFinite(3, false));
        assertThat(decoded.get(1)).isInstanceOf(Scored.class);
    }

    private static Scored decode(
            Mode mode, @org.jspecify.annotations.Nullable Double threshold, List<String> labels, float... logits) {
        return (Scored) Decoder.decode(List.of(row(mode, threshold, labels)), List.of(logits))
                .get(0);
    }

    private static EncodedInput row(
            Mode mode, @org.jspecify.annotations.Nullable Double threshold, List<String> labels) {
        ClassificationInput input = new ClassificationInput("text", labels, mode, threshold, OnLong.TRUNCATE, null);
        return new EncodedInput(input, new TokenIds(1, 2, 3), List.of(), 3, false);
    }
}
