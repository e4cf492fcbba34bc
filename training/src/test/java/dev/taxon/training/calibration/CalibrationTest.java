package dev.taxon.training.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.core.CandidateLabel;
import dev.taxon.core.Classification;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.Decoder;
import dev.taxon.core.LabelScore;
import dev.taxon.core.Mode;
import dev.taxon.core.OnLong;
import dev.taxon.core.adapter.AdapterReference;
import dev.taxon.core.adapter.AdapterSettings;
import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.core.prompt.EncodedRow;
import dev.taxon.core.prompt.TokenIds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    /** What was fitted is written into an adapter, and the engine makes of it what was meant. */
    @Property(tries = 50)
    void theEngineAnswersUnderItAsItDoesItself(
            @ForAll Mode mode, @ForAll @IntRange(min = 30, max = 80) int count, @ForAll long seed) {
        ScoredRows rows = Rows.drawn(mode, count, 3, 2, seed);
        Calibration calibration = Calibration.fit(rows);
        AdapterSettings settings = calibration.applied(AdapterSettings.NONE);
        assertThat(Calibration.of(mode, settings).thresholds().perLabel())
                .isEqualTo(calibration.thresholds().perLabel());
        for (ScoredRow row : rows.rows()) {
            Classification.Scored answer = decode(row, mode, settings);
            assertThat(answer.predictions().stream().map(LabelScore::label))
                    .containsExactlyInAnyOrderElementsOf(calibration.predictions(row));
            double[] scores = calibration.scores(row);
            answer.scores()
                    .forEach(score -> assertThat(score.score())
                            .isCloseTo(scores[row.labels().indexOf(score.label())], Offset.offset(1e-15)));
        }
    }

    @Test
    void whatRowsDoNotTellStaysAsItWas() {
        ScoredRows faultless = Rows.ahead(50, 4, row -> true);
        Calibration before = new Calibration(faultless.mode(), new Temperature(1.5, Optional.empty()), Thresholds.NONE);
        Calibration kept = Calibration.fit(faultless, before);
        assertThat(kept.temperature().value()).isEqualTo(1.5);
        assertThat(kept.temperature().reason())
                .hasValueSatisfying(why -> assertThat(why).contains("without a mistake"));
        ScoredRows telling = Rows.ahead(50, 4, row -> row % 5 != 0);
        assertThat(Calibration.fit(telling, before)).isEqualTo(Calibration.fit(telling));
        Calibration ofAnotherTask =
                new Calibration(Mode.MULTI_LABEL, new Temperature(1.5, Optional.empty()), Thresholds.NONE);
        assertThat(Calibration.fit(Rows.drawn(Mode.SINGLE_LABEL, 5, 3, 2, 1), ofAnotherTask)
                        .temperature()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void settingsKeepTheLabels() {
        AdapterSettings settings = new AdapterSettings(
                List.of(new CandidateLabel("a", "what a is", null)),
                Optional.of(Mode.SINGLE_LABEL),
                7,
                OptionalDouble.of(0.9),
                Map.of("gone", 0.1));
        Calibration calibration = Calibration.fit(Rows.ahead(50, 4, row -> row % 5 != 0));
        AdapterSettings applied = calibration.applied(settings);
        assertThat(applied.labels()).isEqualTo(settings.labels());
        assertThat(applied.temperature()).isEqualTo(calibration.temperature().value());
        assertThat(applied.threshold()).isEmpty();
        assertThat(applied.thresholds()).isEmpty();
    }

    private static Classification.Scored decode(ScoredRow row, Mode mode, AdapterSettings settings) {
        ClassificationInput input = new ClassificationInput("text", row.labels(), mode, null, OnLong.TRUNCATE, null)
                .withAdapter(new AdapterReference("digest", settings, () -> {
                    throw new IllegalStateException("decoding reads no weights");
                }));
        EncodedInput encoded = EncodedInput.of(input, EncodedRow.apart(new TokenIds(1), List.of()), 1, false);
        float[] logits = new float[row.size()];
        for (int label = 0; label < logits.length; label++) {
            logits[label] = (float) row.logit(label);
        }
        return (Classification.Scored)
                Decoder.decode(List.of(encoded), List.of(logits)).get(0);
    }
}
