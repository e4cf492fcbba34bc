package dev.taxon.training.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.taxon.core.ClassificationInput;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.prompt.EncodedRow;
import dev.taxon.core.prompt.PromptEncoder;
import dev.taxon.core.prompt.Tokenizer;
import dev.taxon.core.torch.Precision;
import dev.taxon.training.policy.ValueHead;
import dev.taxon.training.step.PolicyTrainer.Row;
import dev.taxon.training.step.PolicyTrainer.Seen;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On real checkpoints of every backbone and layout, in single precision, against what their scores come to by hand. */
class PolicyTrainerTest {
    private static final List<String> LABELS = List.of("sports", "politics", "cooking");
    private static final List<String> TEXTS =
            List.of("The striker scored twice before the break.", "Parliament passed the bill.", "Simmer the sauce.");
    private static final double[] ADVANTAGES = {1, -0.5, 2};
    private static final double[] REWARDS = {1, 0, 1};

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
    void actsByTheProbabilitiesOfItsScores(String name) {
        try (Checkpoint checkpoint = SmallModels.open(name);
                AdapterTrainer trainer = trainer(checkpoint)) {
            List<EncodedRow> rows = rows(checkpoint);
            PolicyTrainer policy = begin(trainer, checkpoint);
            List<float[]> logits = trainer.score(rows);
            List<Row> acting = new ArrayList<>();
            for (int row = 0; row < rows.size(); row++) {
                acting.add(new Row(rows.get(row), false, around(logits.get(row)), false));
            }
            PolicyTrainer.Acted acted = policy.act(acting);
            assertThat(acted.chosen()).allSatisfy(chosen -> assertThat(chosen).containsExactly(1, 0, 1));
            assertThat(acted.values()).containsExactly(0, 0, 0);
        }
    }

    /** Just below the probability of the first and the last label, just above that of the second. */
    private static double[] around(float[] logits) {
        return new double[] {sigmoid(logits[0]) - 1e-3, sigmoid(logits[1]) + 1e-3, sigmoid(logits[2]) - 1e-3};
    }

    @ParameterizedTest
    @ValueSource(strings = {SmallModels.LATE_MIXING, "bert-simple-first", "deberta-mlp-first", "modernbert-mlp-first"})
    void theFirstIterationSeesThePolicyThatActed(String name) {
        try (Checkpoint checkpoint = SmallModels.open(name);
                AdapterTrainer trainer = trainer(checkpoint)) {
            List<EncodedRow> rows = rows(checkpoint);
            PolicyTrainer policy = begin(trainer, checkpoint);
            List<float[]> logits = trainer.score(rows);
            policy.act(taken(rows, false));
            Seen seen = policy.improve(ADVANTAGES, REWARDS, settings(1, 0, 0));
            assertThat(seen.loss()).isCloseTo(-(1 - 0.5 + 2) / 3, within(1e-4));
            assertThat(seen.divergence()).isCloseTo(0, within(1e-8));
            assertThat(seen.clipFraction()).isZero();
            assertThat(seen.entropy()).isCloseTo(entropy(logits), within(1e-4));
            assertThat(seen.gradientNorm()).isPositive();
            assertThat(seen.valueLoss()).isCloseTo(2.0 / 3, within(1e-6));
        }
    }

    private static double entropy(List<float[]> logits) {
        double sum = 0;
        for (float[] row : logits) {
            for (float logit : row) {
                double probability = sigmoid(logit);
                sum -= probability * Math.log(probability) + (1 - probability) * Math.log(1 - probability);
            }
        }
        return sum / logits.size() / LABELS.size();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatPaidBecomesLikelierAndTheReferenceStays(boolean single) {
        try (Checkpoint checkpoint = SmallModels.open(SmallModels.SMALLEST);
                AdapterTrainer trainer = trainer(checkpoint)) {
            List<EncodedRow> rows = rows(checkpoint);
            PolicyTrainer policy = begin(trainer, checkpoint);
            List<float[]> before = trainer.score(rows);
            policy.act(taken(rows, single));
            Seen last = policy.improve(ADVANTAGES, REWARDS, settings(1, 0, 0));
            for (int update = 2; update <= 5; update++) {
                last = policy.improve(ADVANTAGES, REWARDS, settings(update, 0, 0));
            }
            List<float[]> after = trainer.score(rows);
            assertThat(likelihood(after.get(2), single)).isGreaterThan(likelihood(before.get(2), single));
            assertThat(last.divergence()).isPositive();
            assertThat(last.valueLoss()).isLessThan(2.0 / 3);
        }
    }

    /** How likely the first label alone is. */
    private static double likelihood(float[] logits, boolean single) {
        if (single) {
            double sum = 0;
            for (float logit : logits) {
                sum += Math.exp(logit - logits[0]);
            }
            return 1 / sum;
        }
        return sigmoid(logits[0]) * (1 - sigmoid(logits[1])) * (1 - sigmoid(logits[2]));
    }

    @Test
    void thePenaltyKeepsItNearTheReference() {
        assertThat(divergenceAfterSteps(1)).isLessThan(divergenceAfterSteps(0) / 2);
    }

    private static double divergenceAfterSteps(double weight) {
        try (Checkpoint checkpoint = SmallModels.open(SmallModels.SMALLEST);
                AdapterTrainer trainer = trainer(checkpoint)) {
            List<EncodedRow> rows = rows(checkpoint);
            PolicyTrainer policy = begin(trainer, checkpoint);
            double divergence = 0;
            for (int update = 1; update <= 30; update++) {
                policy.act(taken(rows, false));
                divergence = policy.improve(ADVANTAGES, REWARDS, settings(update, 0, weight))
                        .divergence();
            }
            return divergence;
        }
    }

    @Test
    void goesOnFromASavedStateToTheSameBits() {
        try (Checkpoint checkpoint = SmallModels.open(SmallModels.SMALLEST);
                AdapterTrainer trainer = trainer(checkpoint)) {
            List<EncodedRow> rows = rows(checkpoint);
            PolicyTrainer policy = begin(trainer, checkpoint);
            learn(policy, rows, 1);
            policy.saveState(folder.resolve("state"));
            Seen undisturbed = learn(policy, rows, 2);
            PolicyTrainer other = begin(trainer, checkpoint);
            other.loadState(folder.resolve("state"));
            assertThat(learn(other, rows, 2)).isEqualTo(undisturbed);
        }
    }

    private static Seen learn(PolicyTrainer policy, List<EncodedRow> rows, int update) {
        policy.act(taken(rows, false));
        return policy.improve(ADVANTAGES, REWARDS, settings(update, 0.01, 0.1));
    }

    @Test
    void anAdvantageThatIsNotFiniteChangesNothing() {
        try (Checkpoint checkpoint = SmallModels.open(SmallModels.SMALLEST);
                AdapterTrainer trainer = trainer(checkpoint)) {
            List<EncodedRow> rows = rows(checkpoint);
            PolicyTrainer policy = begin(trainer, checkpoint);
            Map<String, ?> before = new LinkedHashMap<>(trainer.updates());
            policy.act(taken(rows, false));
            Seen seen = policy.improve(new double[] {Double.NaN, 0, 0}, REWARDS, settings(1, 0, 0));
            assertThat(seen.loss()).isNaN();
            assertThat(trainer.updates()).isEqualTo(before);
        }
    }

    /** The first label alone was chosen. */
    private static List<Row> taken(List<EncodedRow> rows, boolean single) {
        return rows.stream()
                .map(row -> new Row(row, single, new double[] {1, 0, 0}, true))
                .toList();
    }

    private static PolicyTrainer.Settings settings(int update, double entropy, double divergence) {
        return new PolicyTrainer.Settings(update, 1e-3, 1e-3, 1, 1e-2, 0.2, entropy, divergence);
    }

    private static PolicyTrainer begin(AdapterTrainer trainer, Checkpoint checkpoint) {
        trainer.begin(3);
        int features = checkpoint.config().encoder().wordSize();
        return PolicyTrainer.begin(
                trainer,
                ValueHead.over(features).parameters(3).stream()
                        .map(one -> new StoredTensor(
                                one.name(),
                                Arrays.stream(one.shape()).boxed().toList(),
                                () -> FloatBuffer.wrap(one.values())))
                        .toList());
    }

    private static AdapterTrainer trainer(Checkpoint checkpoint) {
        return AdapterTrainer.load(checkpoint, SmallModels.everyLayer(checkpoint), Precision.FP32);
    }

    private static List<EncodedRow> rows(Checkpoint checkpoint) {
        try (Tokenizer tokenizer = Tokenizer.of(checkpoint.tokenizerJson().get())) {
            PromptEncoder prompts = PromptEncoder.of(checkpoint.config(), tokenizer);
            return TEXTS.stream()
                    .map(text -> prompts.encode(ClassificationInput.of(text, LABELS))
                            .rows()
                            .get(0))
                    .toList();
        }
    }

    private static double sigmoid(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }
}
