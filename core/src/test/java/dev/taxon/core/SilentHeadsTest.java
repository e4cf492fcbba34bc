package dev.taxon.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.core.Classification.Scored;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.AdapterReference;
import dev.taxon.core.adapter.AdapterSettings;
import dev.taxon.core.adapter.LowRankUpdate;
import dev.taxon.core.checkpoint.TinyCheckpoints;
import dev.taxon.core.checkpoint.WeightShapes;
import dev.taxon.core.prompt.EncodedInput;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Heads whose last products are zero, as those of the built-in model: computed for nobody, unless an adapter gives them a voice. */
class SilentHeadsTest {
    private static final List<String> LABELS = List.of("one", "two words", "three words here");
    private static final String MATCHER = "model.scorer.mlp.2";
    private static final List<String> LAST =
            List.of(MATCHER, "model.text_projector.linear_2", "model.classes_projector.linear_2");

    private static Classifier silent;
    private static Classifier whispering;

    @BeforeAll
    static void open(@TempDir Path one, @TempDir Path other) {
        silent = TinyModels.lateMixing(one, lastProducts(0));
        // Too little to change any sum, but computed.
        whispering = TinyModels.lateMixing(other, lastProducts(1e-30f));
    }

    private static Map<String, Float> lastProducts(float value) {
        Map<String, Float> fixed = new HashMap<>();
        LAST.forEach(name -> {
            fixed.put(name + ".weight", value);
            fixed.put(name + ".bias", value);
        });
        return fixed;
    }

    @AfterAll
    static void close() {
        silent.close();
        whispering.close();
    }

    @Test
    void whatIsZeroChangesNoBitByNotBeingComputed() {
        assertThat(logits(silent, row(silent, "the cat sat")))
                .isEqualTo(logits(whispering, row(whispering, "the cat sat")));
    }

    @Test
    void anAdapterGivesThemAVoice() {
        for (String name : LAST) {
            EncodedInput adapted = row(silent, "the cat sat", adapter(silent, name));
            assertThat(logits(silent, adapted)).as(name).isNotEqualTo(logits(silent, row(silent, "the cat sat")));
        }
    }

    @Test
    void andTakesTheWayThatOthersTake() {
        for (String name : LAST) {
            assertThat(logits(silent, row(silent, "the cat sat", adapter(silent, name))))
                    .as(name)
                    .isEqualTo(logits(whispering, row(whispering, "the cat sat", adapter(whispering, name))));
        }
    }

    @Test
    void rowsWithoutOneGetTheSameBitsBesideIt() {
        EncodedInput plain = row(silent, "a plain row");
        List<Float> beside = ((Scored) silent.score(
                                List.of(plain, row(silent, "the cat sat", adapter(silent, MATCHER))))
                        .get(0))
                .logits();
        List<Float> without = ((Scored)
                        silent.score(List.of(plain, row(silent, "the cat sat"))).get(0))
                .logits();
        assertThat(beside).isEqualTo(without);
    }

    private static EncodedInput row(Classifier classifier, String text) {
        return classifier.encode(ClassificationInput.of(text, LABELS));
    }

    private static EncodedInput row(Classifier classifier, String text, AdapterReference adapter) {
        return classifier.encode(ClassificationInput.of(text, LABELS).withAdapter(adapter));
    }

    private static List<Float> logits(Classifier classifier, EncodedInput row) {
        return ((Scored) classifier.score(List.of(row)).get(0)).logits();
    }

    /** Changes one linear layer, by the same numbers for the same layer. */
    private static AdapterReference adapter(Classifier classifier, String layer) {
        List<Long> shape = Objects.requireNonNull(
                WeightShapes.linearLayers(TinyCheckpoints.lateMixing(TinyCheckpoints.encoder(512), 2))
                        .get(layer));
        int out = shape.get(0).intValue();
        int in = shape.get(1).intValue();
        Random random = new Random(layer.hashCode());
        LowRankUpdate update = new LowRankUpdate(2, in, out, numbers(random, 2 * in), numbers(random, 2 * out), null);
        return new Adapter(layer, AdapterSettings.NONE, Map.of(layer, update), Optional.empty()).reference();
    }

    private static FloatBuffer numbers(Random random, int count) {
        FloatBuffer numbers = FloatBuffer.allocate(count);
        for (int i = 0; i < count; i++) {
            numbers.put(i, (float) random.nextGaussian());
        }
        return numbers;
    }
}
