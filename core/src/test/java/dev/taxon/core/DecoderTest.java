package dev.taxon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.taxon.core.Classification.NotFinite;
import dev.taxon.core.Classification.Scored;
import dev.taxon.core.adapter.AdapterReference;
import dev.taxon.core.adapter.AdapterSettings;
import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.core.prompt.EncodedRow;
import dev.taxon.core.prompt.TokenIds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
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
    void theThresholdOfALabelGoesBeforeTheInputsAndTheInputsBeforeOneHalf() {
        CandidateLabels labels = CandidateLabels.of(List.of(
                new CandidateLabel("own, reached", 0.2),
                new CandidateLabel("own, missed", 0.9),
                new CandidateLabel("none", null)));

        assertThat(predicted(Mode.MULTI_LABEL, 0.6, labels, -1f, 2f, 1f)).containsExactly("none", "own, reached");
        assertThat(predicted(Mode.MULTI_LABEL, 0.8, labels, -1f, 2f, 1f)).containsExactly("own, reached");
        assertThat(predicted(Mode.MULTI_LABEL, 0.0, labels, -9f, 2f, -9f)).containsExactly("none");
        assertThat(predicted(Mode.MULTI_LABEL, null, labels, -9f, 2f, -0.1f)).isEmpty();
        assertThat(predicted(Mode.MULTI_LABEL, null, labels, -9f, 2f, 0f)).containsExactly("none");
    }

    @Test
    void theBestLabelMustReachItsOwnThresholdAlone() {
        CandidateLabels labels =
                CandidateLabels.of(List.of(new CandidateLabel("strict", 0.9), new CandidateLabel("free", null)));

        assertThat(predicted(Mode.SINGLE_LABEL, null, labels, 1f, 0f)).isEmpty();
        assertThat(predicted(Mode.SINGLE_LABEL, 0.1, labels, 1f, 0f)).isEmpty();
        assertThat(predicted(Mode.SINGLE_LABEL, 1.0, labels, 9f, 0f)).containsExactly("strict");
        assertThat(predicted(Mode.SINGLE_LABEL, null, labels, 0f, 0.1f)).containsExactly("free");
    }

    @Test
    void aLabelThatStandsTwiceKeepsTheThresholdOfItsScore() {
        CandidateLabels labels =
                CandidateLabels.of(List.of(new CandidateLabel("twice", 0.99), new CandidateLabel("twice", 0.1)));

        assertThat(predicted(Mode.MULTI_LABEL, null, labels, 9f, -1f)).containsExactly("twice");
    }

    @Test
    void anAdaptersThresholdsComeLastAndItsTemperatureDividesLogits() {
        AdapterSettings settings =
                new AdapterSettings(List.of(), Optional.empty(), 2, OptionalDouble.of(0.6), Map.of("own", 0.7));
        List<String> labels = List.of("own", "other");

        // Sigmoid of 1.5 / 2 is 0.679.
        assertThat(under(settings, null, labels, 1.5f, 1.5f).predictions().stream()
                        .map(LabelScore::label))
                .containsExactly("other");
        assertThat(under(settings, 0.65, labels, 1.5f, 1.5f).predictions()).hasSize(2);
        assertThat(under(settings, null, labels, 1.5f, 1.5f).scores().get(0).score())
                .isCloseTo(0.67918, within(1e-5));
        assertThat(under(settings, null, labels, 1.5f, 1.5f).logits()).containsExactly(1.5f, 1.5f);
    }

    private static Scored under(
            AdapterSettings settings, @Nullable Double threshold, List<String> labels, float... logits) {
        AdapterReference adapter = new AdapterReference("digest", settings, () -> {
            throw new AssertionError("no weights are needed");
        });
        EncodedInput row =
                row(new ClassificationInput("text", labels, Mode.MULTI_LABEL, threshold, OnLong.TRUNCATE, null)
                        .withAdapter(adapter));
        return (Scored) Decoder.decode(List.of(row), List.of(logits)).get(0);
    }

    @Test
    void resultsPrintNoLabel() {
        assertThat(decode(Mode.SINGLE_LABEL, null, List.of("confidential"), 1f))
                .asString()
                .doesNotContain("confidential");
    }

    @Test
    void softmaxTakesLargeLogits() {
        assertThat(Decoder.softmax(new float[] {1e30f, 1e30f}, 1)).containsExactly(0.5, 0.5);
    }

    @Test
    void aRowThatIsNotFiniteLeavesItsNeighbourAlone() {
        EncodedInput row = row(Mode.SINGLE_LABEL, null, List.of("a", "b"));
        List<Classification> decoded =
                Decoder.decode(List.of(row, row), List.of(new float[] {Float.NaN, 1}, new float[] {1, 0}));
        assertThat(decoded.get(0)).isEqualTo(new NotFinite(3, false));
        assertThat(decoded.get(1)).isInstanceOf(Scored.class);
    }

    private static List<String> predicted(
            Mode mode, @Nullable Double threshold, CandidateLabels labels, float... logits) {
        EncodedInput row = row(new ClassificationInput("text", labels, mode, threshold, OnLong.TRUNCATE, null));
        Scored scored = (Scored) Decoder.decode(List.of(row), List.of(logits)).get(0);
        return scored.predictions().stream().map(LabelScore::label).toList();
    }

    private static Scored decode(Mode mode, @Nullable Double threshold, List<String> labels, float... logits) {
        return (Scored) Decoder.decode(List.of(row(mode, threshold, labels)), List.of(logits))
                .get(0);
    }

    private static EncodedInput row(Mode mode, @Nullable Double threshold, List<String> labels) {
        return row(new ClassificationInput("text", labels, mode, threshold, OnLong.TRUNCATE, null));
    }

    private static EncodedInput row(ClassificationInput input) {
        return EncodedInput.of(input, EncodedRow.apart(new TokenIds(1, 2, 3), List.of()), 3, false);
    }
}
