package dev.taxon.training.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.taxon.training.policy.PolicySettings.Baseline;
import dev.taxon.training.policy.PolicySettings.Limit;
import dev.taxon.training.policy.PolicySettings.Rates;
import dev.taxon.training.policy.PolicySettings.Terms;
import dev.taxon.training.run.TrainingException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the reference's trainer (GLiClass 0.1.20) does wrong does not happen here. */
class ReferenceDefectsTest {
    private static final Rates RATES = new Rates(0, 0.5, 0.05);

    private final PolicyProbe probe = new PolicyProbe();
    private final ToyPolicy policy = new ToyPolicy(3);

    @AfterEach
    void close() {
        policy.close();
        probe.close();
    }

    /** There: sampled anew in every inner iteration, while the old log-probabilities stay. */
    @Test
    void actionsAreSampledOnceForAllInnerIterations() {
        PolicySettings settings = settings(4, new Terms(0, 0), new Baseline(true, false));
        List<Improvement> seen = new ArrayList<>();
        step(new ToyPolicy.Watched(policy, seen::add), settings, 1);
        assertThat(policy.acts()).isEqualTo(1);
        assertThat(seen).hasSize(4);
        // Before the first update every ratio is 1 for the actions that were taken, whose loss is minus the mean
        // advantage.
        assertThat(seen.get(0).clipFraction()).isZero();
        double[] rewards = policy.lastRewards();
        assertThat(seen.get(0).loss()).isCloseTo(-Advantages.mean(rewards), within(1e-6));
        // The same actions under changed weights: the surrogate of a policy that moves towards them falls.
        assertThat(seen).extracting(Improvement::loss).isSortedAccordingTo((one, other) -> Double.compare(other, one));
        assertThat(seen.get(3).clipFraction()).isPositive();
    }

    /** There: log pi(action) against log p_ref(positive), which is negative for many an action. */
    @Test
    void theDivergenceIsOfWholeDistributionsAndNeverNegative() {
        Decisions row = Decisions.each(-2, -1, 0.5);
        double[][] reference = {{-1, -2, 1.5}};
        double[] found = probe.divergence(row, reference)[0];
        for (int label = 0; label < 3; label++) {
            double now = 1 / (1 + Math.exp(-row.logits()[0][label]));
            double then = 1 / (1 + Math.exp(-reference[0][label]));
            double whole = now * Math.log(now / then) + (1 - now) * Math.log((1 - now) / (1 - then));
            assertThat(found[label]).isPositive().isCloseTo(whole, within(1e-12));
        }
        // It does not ask which action was taken, so that no sample can make it negative.
        double[][] nothing = {{0, 0, 0}};
        double[][] everything = {{1, 1, 1}};
        double[] zero = {0};
        assertThat(probe.loss(row, row.logits(), reference, nothing, zero, 0.2, 0, 1)
                        .loss())
                .isEqualTo(probe.loss(row, row.logits(), reference, everything, zero, 0.2, 0, 1)
                        .loss());
    }

    /** There: a coefficient of -1 counts as switched on. Here it is refused, and 0 leaves the term out. */
    @ParameterizedTest
    @ValueSource(doubles = {-1, -1e-9, Double.NaN, Double.POSITIVE_INFINITY})
    void aWeightBelowZeroIsRefused(double weight) {
        assertThatThrownBy(() -> new Terms(weight, 0)).hasMessageContaining("entropy's weight");
        assertThatThrownBy(() -> new Terms(0, weight)).hasMessageContaining("divergence's weight");
    }

    @Test
    void aTermThatWeighsZeroIsNotComputed() {
        Decisions row = Decisions.each(0.4, -0.3);
        double[][] old = {{0.1, 0.2}};
        double[][] actions = {{1, 0}};
        double[] advantages = {1};
        // What is not a number would spoil the loss if it were but multiplied by 0.
        double[][] broken = {{Double.NaN, Double.NaN}};
        PolicyProbe.Loss without = probe.loss(row, old, broken, actions, advantages, 0.2, 0, 0);
        assertThat(without.figures()[1]).isNaN();
        double[] surrogate = probe.surrogate(row, old, actions, advantages, 0.2)[1];
        assertThat(without.loss()).isEqualTo((surrogate[0] + surrogate[1]) / 2);
        assertThat(without.gradient()[0]).doesNotContain(Double.NaN);
        assertThat(probe.loss(row, old, old, actions, advantages, 0.2, 0, 0).gradient())
                .isDeepEqualTo(without.gradient());
        assertThat(probe.loss(row, old, broken, actions, advantages, 0.2, 0, 0.1)
                        .loss())
                .isNaN();
        assertThat(probe.loss(row, old, old, actions, advantages, 0.2, 0.1, 0).loss())
                .isLessThan(without.loss());
    }

    /** There: the setting never reaches the trainer. */
    @Test
    void theDivergencesWeightReachesTheUpdate() {
        assertThat(divergenceAfterTraining(0)).isGreaterThan(0.3);
        assertThat(divergenceAfterTraining(20)).isBetween(0.0, 0.1);
    }

    private static double divergenceAfterTraining(double weight) {
        PolicySettings settings = settings(3, new Terms(0, weight), new Baseline(true, true));
        try (ToyPolicy one = new ToyPolicy(3)) {
            for (int step = 1; step < 12; step++) {
                step(one, settings, step);
            }
            return step(one, settings, 12).divergence();
        }
    }

    /** There: training without a value model crashes. */
    @Test
    void withoutAValueHeadRewardsAreHeldAgainstTheirMean() {
        PolicySettings settings = settings(2, Terms.defaults(), new Baseline(false, false));
        PolicyStep step = step(policy.withoutValueHead(), settings, 1);
        assertThat(step.advantage()).isCloseTo(0, within(1e-12));
        assertThat(policy.lastAdvantages()).isEqualTo(Advantages.overMean(step.rewards()));
        assertThat(step.valueLoss()).isZero();
    }

    @Test
    void aValueHeadThatSettingsAskForAndTheModelLacksIsSaidToBeMissing() {
        PolicySettings settings = settings(2, Terms.defaults(), new Baseline(true, false));
        assertThatThrownBy(() -> step(policy.withoutValueHead(), settings, 1))
                .hasMessageContaining("8 rewards and 0 values");
    }

    /** There: the batch is skipped in silence. */
    @Test
    void aBatchWhoseLossIsNotFiniteStopsTheRunAndSaysWhere() {
        float[][] features = ToyPolicy.features(8);
        features[5][1] = Float.NaN;
        double[][] before = policy.weights();
        assertThatThrownBy(() -> optimizer(policy, settings(2, Terms.defaults(), Baseline.defaults()))
                        .step(7, features, ToyPolicy.rows(8)))
                .isInstanceOf(TrainingException.class)
                .hasMessageContainingAll("Step 7", "NaN", "toy.jsonl, line 6", "Try lower learning rates");
        assertThat(policy.weights()).isDeepEqualTo(before);
    }

    private static PolicyStep step(PolicyModel<float[][]> model, PolicySettings settings, int step) {
        return optimizer(model, settings).step(step, ToyPolicy.features(8), ToyPolicy.rows(8));
    }

    private static PolicyOptimizer<float[][]> optimizer(PolicyModel<float[][]> model, PolicySettings settings) {
        return new PolicyOptimizer<>(
                model, settings, RewardSettings.defaults().rewards(java.util.Optional.empty()), 11);
    }

    private static PolicySettings settings(int iterations, Terms terms, Baseline baseline) {
        return new PolicySettings(8, iterations, 0.2, terms, RATES, baseline, Limit.defaults());
    }
}
