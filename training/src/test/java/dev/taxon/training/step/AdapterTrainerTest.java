package dev.taxon.training.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.taxon.core.Classification.Scored;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.Classifier;
import dev.taxon.core.Classifiers;
import dev.taxon.core.EngineOptions;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.AdapterSettings;
import dev.taxon.core.adapter.AdapterWriter;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.prompt.PromptEncoder;
import dev.taxon.core.prompt.Tokenizer;
import dev.taxon.core.torch.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On real checkpoints of every backbone and layout, in single precision. */
class AdapterTrainerTest {
    private static final List<String> LABELS = List.of("sports", "politics", "cooking");
    private static final List<String> TEXTS =
            List.of("The striker scored twice.", "Parliament passed the bill.", "Simmer the sauce for an hour.");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                SmallModels.LATE_MIXING,
                "bert-simple-first",
                "bert-cross-attn-pass",
                "deberta-mlp-first",
                "deberta-weighted-span-average",
                "modernbert-hopfield-normalized",
                "modernbert-mlp-first"
            })
    void whatIsLearnedIsWhatTheModelScoresUnderTheAdapter(String name) throws IOException {
        try (Checkpoint checkpoint = SmallModels.open(name);
                AdapterTrainer trainer =
                        AdapterTrainer.load(checkpoint, SmallModels.everyLayer(checkpoint), Precision.FP32)) {
            AdapterBatch batch = batch(checkpoint);
            trainer.begin(3);
            List<float[]> fresh = trainer.score(batch.encoded());
            double first = trainer.step(batch, settings(1)).loss();
            for (int step = 2; step <= 10; step++) {
                trainer.step(batch, settings(step));
            }
            assertThat(trainer.step(batch, settings(11)).loss()).isLessThan(first);
            AdapterWriter.write(adapter(trainer), folder);
            same(classified(checkpoint, Optional.empty()), fresh);
            List<float[]> learned = trainer.score(batch.encoded());
            same(classified(checkpoint, Optional.of(folder)), learned);
        }
    }

    @Test
    void lossIsTheWeightedSumOfItsTerms() {
        try (Checkpoint checkpoint = SmallModels.open("bert-simple-first");
                AdapterTrainer trainer =
                        AdapterTrainer.load(checkpoint, SmallModels.everyLayer(checkpoint), Precision.FP32)) {
            AdapterBatch batch = batch(checkpoint);
            trainer.begin(3);
            double expected = new HandWorkedLoss(-1, 0, 0.25, 2).of(trainer.score(batch.encoded()), batch.rows());
            double loss = trainer.step(batch, new AdapterStepSettings(1, 0, 0, 0, 1, -1, 0, 0.25, 2))
                    .loss();
            assertThat(loss).isCloseTo(expected, within(1e-5));
        }
    }

    @Test
    void goesOnFromASavedStateToTheSameBits() {
        try (Checkpoint checkpoint = SmallModels.open("bert-simple-first");
                AdapterTrainer trainer =
                        AdapterTrainer.load(checkpoint, SmallModels.everyLayer(checkpoint), Precision.FP32)) {
            AdapterBatch batch = batch(checkpoint);
            trainer.begin(3);
            trainer.step(batch, settings(1));
            trainer.saveState(folder.resolve("state"));
            StepResult undisturbed = trainer.step(batch, settings(2));
            trainer.begin(99);
            trainer.loadState(folder.resolve("state"));
            assertThat(trainer.step(batch, settings(2))).isEqualTo(undisturbed);
        }
    }

    @Test
    void beginsWhereAnAdapterIs() {
        try (Checkpoint checkpoint = SmallModels.open("bert-simple-first");
                AdapterTrainer trainer =
                        AdapterTrainer.load(checkpoint, SmallModels.everyLayer(checkpoint), Precision.FP32)) {
            AdapterBatch batch = batch(checkpoint);
            trainer.begin(3);
            trainer.step(batch, settings(1));
            List<float[]> before = trainer.score(batch.encoded());
            Adapter adapter = adapter(trainer);
            trainer.begin(5);
            trainer.begin(adapter);
            same(trainer.score(batch.encoded()), before);
        }
    }

    @Test
    void aLossThatIsNotFiniteChangesNothing() {
        try (Checkpoint checkpoint = SmallModels.open("bert-simple-first");
                AdapterTrainer trainer =
                        AdapterTrainer.load(checkpoint, SmallModels.everyLayer(checkpoint), Precision.FP32)) {
            AdapterBatch batch = batch(checkpoint);
            trainer.begin(3);
            trainer.step(batch, new AdapterStepSettings(1, 1e30, 1e30, 0, 1, -1, 0, 0, 1));
            Map<String, ?> before = new LinkedHashMap<>(trainer.updates());
            StepResult result = trainer.step(batch, settings(2));
            assertThat(Double.isFinite(result.loss()) && Double.isFinite(result.gradientNorm()))
                    .isFalse();
            assertThat(trainer.updates()).isEqualTo(before);
        }
    }

    @Test
    void aLayerThatTheModelLacksIsRefusedByName() {
        try (Checkpoint checkpoint = SmallModels.open("bert-simple-first")) {
            AdapterShape shape = new AdapterShape(Map.of("model.nowhere", 4), 1);
            assertThatThrownBy(() -> AdapterTrainer.load(checkpoint, shape, Precision.FP32))
                    .hasMessageContaining("model.nowhere");
        }
    }

    private static AdapterStepSettings settings(int step) {
        return new AdapterStepSettings(step, 2e-3, 2e-3, 0, 1, -1, 0, 0.1, 1);
    }

    private static AdapterBatch batch(Checkpoint checkpoint) {
        try (Tokenizer tokenizer = Tokenizer.of(checkpoint.tokenizerJson().get())) {
            PromptEncoder prompts = PromptEncoder.of(checkpoint.config(), tokenizer);
            List<AdapterBatch.Row> rows = new ArrayList<>();
            for (int row = 0; row < TEXTS.size(); row++) {
                float[] targets = new float[LABELS.size()];
                targets[(row + 1) % LABELS.size()] = 1;
                ClassificationInput input = ClassificationInput.of(TEXTS.get(row), LABELS);
                rows.add(new AdapterBatch.Row(prompts.encode(input).rows().get(0), targets, true));
            }
            return new AdapterBatch(rows);
        }
    }

    private static Adapter adapter(AdapterTrainer trainer) {
        return new Adapter("unread", AdapterSettings.NONE, trainer.updates(), Optional.empty());
    }

    private static List<float[]> classified(Checkpoint checkpoint, Optional<Path> adapter) {
        try (Classifier classifier =
                Classifiers.open(checkpoint, EngineOptions.defaults().withPrecision(Precision.FP32))) {
            List<ClassificationInput> inputs = TEXTS.stream()
                    .map(text -> ClassificationInput.of(text, LABELS))
                    .map(input -> adapter.map(classifier::readAdapter)
                            .map(read -> input.withAdapter(read.reference()))
                            .orElse(input))
                    .toList();
            return classifier.classify(inputs).stream()
                    .map(answer -> ((Scored) answer).logits())
                    .map(AdapterTrainerTest::array)
                    .toList();
        }
    }

    private static float[] array(List<Float> values) {
        float[] array = new float[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(i);
        }
        return array;
    }

    private static void same(List<float[]> actual, List<float[]> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int row = 0; row < actual.size(); row++) {
            assertThat(actual.get(row)).containsExactly(expected.get(row), within(2e-4f));
        }
    }
}
