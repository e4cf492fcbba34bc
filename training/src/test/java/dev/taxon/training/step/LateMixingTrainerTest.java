package dev.taxon.training.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.taxon.core.Classification.Scored;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.Classifier;
import dev.taxon.core.Classifiers;
import dev.taxon.core.EngineOptions;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.core.checkpoint.Float32;
import dev.taxon.core.checkpoint.SafetensorsFile;
import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.core.prompt.PromptEncoder;
import dev.taxon.core.prompt.Tokenizer;
import dev.taxon.core.torch.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the real base encoder, in single precision. */
class LateMixingTrainerTest {
    private static final List<String> LABELS = List.of("sports", "politics", "cooking");
    private static final List<String> TEXTS =
            List.of("The striker scored twice.", "Parliament passed the bill.", "Simmer the sauce for an hour.");

    private static Checkpoint base;
    private static Tokenizer tokenizer;

    @TempDir
    Path folder;

    private LateMixingTrainer trainer;

    @BeforeAll
    static void openBase() {
        base = Checkpoints.ofBase("bge-small-en-v1.5", 2);
        tokenizer = Tokenizer.of(base.tokenizerJson().get());
    }

    @AfterAll
    static void closeBase() {
        tokenizer.close();
        base.close();
    }

    @BeforeEach
    void load() {
        trainer = LateMixingTrainer.load(base, Precision.FP32, 5);
    }

    @AfterEach
    void close() {
        trainer.close();
    }

    @Test
    void lossIsThatOfTheScoresTheModelGives() {
        trainer.export(folder, "trained", 1);
        double loss = trainer.step(batch(1), new StepSettings(1, 0, 0, 0, 1, 0.7, 2, 0.5))
                .loss();
        HandWorkedLoss handWorked = new HandWorkedLoss(0.7, 2, 1, 0.5);
        double expected = 0;
        List<Scored> scores = classify();
        for (int row = 0; row < TEXTS.size(); row++) {
            expected += handWorked.of(logits(scores.get(row)), target(row, 1), true) / TEXTS.size();
        }
        // The exported weights are rounded to half precision.
        assertThat(loss).isCloseTo(expected, within(5e-3 * expected));
    }

    @Test
    void learnsWhatItIsShown() {
        double first = trainer.step(batch(1), settings(1)).loss();
        for (int step = 2; step <= 12; step++) {
            trainer.step(batch(1), settings(step));
        }
        StepResult last = trainer.step(batch(1), settings(13));
        assertThat(last.loss()).isLessThan(first / 4);
        assertThat(last.correct()).isEqualTo(TEXTS.size());
        trainer.export(folder, "trained", 1);
        assertThat(classify().stream().map(scored -> scored.predictions().get(0).label()))
                .containsExactly("politics", "cooking", "sports");
    }

    @Test
    void goesOnFromASavedStateToTheSameBits() {
        trainer.step(batch(1), settings(1));
        trainer.saveState(folder.resolve("state"));
        StepResult undisturbed = twoSteps(trainer);
        try (LateMixingTrainer other = LateMixingTrainer.load(base, Precision.FP32, 99)) {
            other.loadState(folder.resolve("state"));
            assertThat(twoSteps(other)).isEqualTo(undisturbed);
        }
    }

    @Test
    void aPartOfTheStartStaysWhereAsked() {
        trainer.saveState(folder.resolve("start"));
        for (int step = 1; step <= 5; step++) {
            trainer.step(batch(1), settings(step));
        }
        trainer.saveState(folder.resolve("end"));
        trainer.export(folder, "trained", 0.25);
        String name = "model.text_projector.linear_1.weight";
        float start = first(folder.resolve("start"), "weight/" + name);
        float end = first(folder.resolve("end"), "weight/" + name);
        assertThat(end).isNotEqualTo(start);
        assertThat(first(folder.resolve("model.safetensors"), name))
                .isCloseTo(0.25f * end + 0.75f * start, within(2e-5f));
    }

    @Test
    void freshHeadsLeaveTheCosinesOfTheTrainedEncoder() {
        for (int step = 1; step <= 5; step++) {
            trainer.step(batch(1), settings(step));
        }
        trainer.export(folder, "trained", 1);
        String correction = "model.text_projector.linear_2.weight";
        String encoder = "model.encoder_model.encoder.layer.11.output.dense.weight";
        try (Checkpoint trained = Checkpoints.open(folder);
                LateMixingTrainer fresh = LateMixingTrainer.load(EncoderWeights.of(trained), Precision.FP32, 5)) {
            fresh.export(folder.resolve("fresh"), "fresh", 1);
        }
        Path before = folder.resolve("model.safetensors");
        Path after = folder.resolve("fresh").resolve("model.safetensors");
        assertThat(first(before, correction)).isNotZero();
        assertThat(first(after, correction)).isZero();
        assertThat(first(after, encoder)).isEqualTo(first(before, encoder));
    }

    @Test
    void theModelHasTheNameItIsGiven() {
        trainer.export(folder, "support-2026", 1);
        try (Checkpoint exported = Checkpoints.open(folder)) {
            assertThat(exported.config().name()).isEqualTo("support-2026");
        }
    }

    @Test
    void nothingOfTheStartIsReadAgainForAModelWithoutIt() {
        ReadsNoted weights = new ReadsNoted(base.weights());
        Checkpoint start = new Checkpoint(base.config(), weights, base.tokenizerJson(), base.base());
        try (LateMixingTrainer noted = LateMixingTrainer.load(start, Precision.FP32, 5)) {
            weights.read.clear();
            noted.export(folder, "trained", 1);
            assertThat(weights.read).isEmpty();
            noted.export(folder, "blend", 0.5);
            assertThat(weights.read).isNotEmpty();
        }
    }

    private static float first(Path file, String tensor) {
        try (SafetensorsFile weights = SafetensorsFile.open(file)) {
            return Float32.read(weights, tensor).get(0);
        }
    }

    @Test
    void aLossThatIsNotFiniteChangesNoWeight() throws IOException {
        // A rate that throws the weights so far that the next loss overflows.
        trainer.step(batch(1), new StepSettings(1, 1e20, 1e30, 0, 1, -1, 0, 1));
        trainer.saveState(folder.resolve("before"));
        StepResult result = trainer.step(batch(1), settings(2));
        assertThat(Double.isFinite(result.loss()) && Double.isFinite(result.gradientNorm()))
                .isFalse();
        trainer.saveState(folder.resolve("after"));
        assertThat(Files.mismatch(folder.resolve("before"), folder.resolve("after")))
                .isEqualTo(-1);
    }

    @Test
    void labelsBeyondARowsOwnDoNotReachItsLoss() {
        StepSettings frozen = new StepSettings(1, 0, 0, 0, 1, -1, 0, 1);
        TrainingBatch full = batch(1);
        TrainingBatch.Row wide = full.rows().get(0);
        TrainingBatch.Row narrow = new TrainingBatch.Row(wide.text(), new int[] {1, 0}, new float[] {1, 0}, true);
        double alone = trainer.step(new TrainingBatch(List.of(narrow), full.labels()), frozen)
                .loss();
        double other = trainer.step(new TrainingBatch(List.of(wide), full.labels()), frozen)
                .loss();
        double together = trainer.step(new TrainingBatch(List.of(narrow, wide), full.labels()), frozen)
                .loss();
        assertThat(together).isCloseTo((alone + other) / 2, within(1e-4));
    }

    private StepResult twoSteps(LateMixingTrainer one) {
        one.step(batch(2), settings(2));
        return one.step(batch(1), settings(3));
    }

    private static StepSettings settings(int step) {
        return new StepSettings(step, 1e-4, 1e-3, 0.01, 1, -1, 1, 1);
    }

    /** The texts with labels shifted away from their own, so that there is something to learn. */
    private static TrainingBatch batch(int shift) {
        PromptEncoder prompts = PromptEncoder.of(base.config(), tokenizer);
        List<EncodedInput> encoded = TEXTS.stream()
                .map(text -> prompts.encode(ClassificationInput.of(text, LABELS)))
                .toList();
        List<TrainingBatch.Row> rows = new ArrayList<>();
        for (int row = 0; row < TEXTS.size(); row++) {
            rows.add(new TrainingBatch.Row(
                    encoded.get(row).rows().get(0).text(), new int[] {0, 1, 2}, target(row, shift), true));
        }
        return new TrainingBatch(rows, encoded.get(0).rows().get(0).labels());
    }

    private static float[] target(int row, int shift) {
        float[] target = new float[LABELS.size()];
        target[(row + shift) % LABELS.size()] = 1;
        return target;
    }

    private static float[] logits(Scored scored) {
        float[] logits = new float[LABELS.size()];
        for (int label = 0; label < logits.length; label++) {
            logits[label] = scored.logits().get(label);
        }
        return logits;
    }

    private List<Scored> classify() {
        try (Checkpoint checkpoint = Checkpoints.open(folder);
                Classifier classifier =
                        Classifiers.open(checkpoint, EngineOptions.defaults().withPrecision(Precision.FP32))) {
            return TEXTS.stream()
                    .map(text -> (Scored) classifier
                            .classify(List.of(ClassificationInput.of(text, LABELS)))
                            .get(0))
                    .toList();
        }
    }
}
