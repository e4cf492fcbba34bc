package dev.taxon.training.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.training.policy.Judgement.Accepted;
import dev.taxon.training.policy.Judgement.Rejected;
import dev.taxon.training.policy.Judgement.Truth;
import dev.taxon.training.policy.PolicySettings.Baseline;
import dev.taxon.training.policy.PolicySettings.Limit;
import dev.taxon.training.policy.PolicySettings.Rates;
import dev.taxon.training.policy.PolicySettings.Terms;
import dev.taxon.training.policy.RewardSettings.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A whole learner on a small policy. */
class PolicyOptimizerTest {
    private static final PolicySettings SETTINGS = new PolicySettings(
            16, 3, 0.2, new Terms(0.005, 0), new Rates(0, 0.2, 0.05), Baseline.defaults(), Limit.defaults());

    @Test
    void learnsLabelsFromAScalarRewardAlone() {
        try (ToyPolicy policy = new ToyPolicy(1)) {
            List<PolicyStep> steps = run(policy, ToyPolicy.rows(16), Kind.F1, 40);
            assertThat(reward(steps, 0, 5)).isBetween(0.2, 0.75);
            assertThat(reward(steps, 35, 40)).isGreaterThan(0.93);
            // The value head has learned what to expect.
            assertThat(steps.get(39).valueLoss()).isLessThan(steps.get(0).valueLoss() / 4);
            assertThat(steps.get(39).entropy()).isLessThan(steps.get(0).entropy());
            assertThat(steps.get(39).divergence()).isGreaterThan(steps.get(0).divergence());
        }
    }

    @Test
    void learnsTheOneLabelOfSingleLabelRows() {
        List<PolicyRow> rows = new ArrayList<>();
        for (PolicyRow row : ToyPolicy.rows(16)) {
            String truth = ((Truth) row.judgement())
                    .labels().stream().sorted().findFirst().orElse("c");
            rows.add(new PolicyRow(row.place(), row.labels(), true, new Truth(Set.of(truth)), Optional.empty()));
        }
        try (ToyPolicy policy = new ToyPolicy(1, true)) {
            List<PolicyStep> steps = run(policy, rows, Kind.ACCURACY, 50);
            // A third of the answers are right by chance.
            assertThat(reward(steps, 0, 1)).isBetween(0.05, 0.6);
            assertThat(reward(steps, 45, 50)).isGreaterThan(0.85);
        }
    }

    @Test
    void sameSeedSameBits() {
        try (ToyPolicy one = new ToyPolicy(4);
                ToyPolicy other = new ToyPolicy(4)) {
            run(one, ToyPolicy.rows(16), Kind.F1, 4);
            run(other, ToyPolicy.rows(16), Kind.F1, 4);
            assertThat(other.weights()).isDeepEqualTo(one.weights());
        }
    }

    @Test
    void learnsFromTheAnswersThatPeopleJudged() {
        // Label a was accepted in every other row and b rejected in the rest, whatever their features.
        List<PolicyRow> rows = new ArrayList<>();
        for (int row = 0; row < 16; row++) {
            Set<String> taken = row % 2 == 0 ? Set.of("a") : Set.of("b");
            Judgement judgement = row % 2 == 0 ? new Accepted(taken) : new Rejected(taken);
            rows.add(new PolicyRow("line " + row, ToyPolicy.LABELS, true, judgement, Optional.of(taken)));
        }
        float[][] alike = new float[16][];
        java.util.Arrays.fill(alike, new float[] {1, 1, 1});
        try (ToyPolicy policy = new ToyPolicy(2, true)) {
            PolicyOptimizer<float[][]> optimizer = optimizer(policy, Kind.FEEDBACK);
            PolicyStep first = optimizer.step(1, alike, rows);
            assertThat(first.rewards()).startsWith(1, -1, 1, -1);
            for (int step = 2; step <= 8; step++) {
                optimizer.step(step, alike, rows);
            }
            double[][] weights = policy.weights();
            assertThat(weights[0][0]).isGreaterThan(weights[0][2] + 0.1);
            assertThat(weights[0][1]).isLessThan(weights[0][2] - 0.1);
        }
    }

    @Test
    void answersThatEarnTheSameTeachTheValueHeadAlone() {
        try (ToyPolicy policy = new ToyPolicy(1)) {
            run(policy, ToyPolicy.rows(16), Kind.F1, 3);
            double[][] before = policy.weights();
            Rewards equal = new Rewards(List.of(new Rewards.Component("equal", 1, answer -> 0.5)));
            PolicyOptimizer<float[][]> alike = new PolicyOptimizer<>(policy, SETTINGS, equal, 5);
            PolicyStep first = alike.step(4, ToyPolicy.features(16), ToyPolicy.rows(16));
            PolicyStep last = first;
            for (int step = 5; step < 40; step++) {
                last = alike.step(step, ToyPolicy.features(16), ToyPolicy.rows(16));
            }
            assertThat(policy.weights()).isDeepEqualTo(before);
            assertThat(last.valueLoss()).isLessThan(first.valueLoss() / 4);
        }
    }

    @Test
    void answersThatEarnTheSameLeaveNoTraceInTheMoments() {
        PolicySettings settings = new PolicySettings(
                16, 3, 0.2, new Terms(0.005, 0), new Rates(0, 0.2, 0.05), new Baseline(false, true), Limit.defaults());
        assertThat(weightsAfter(settings, 20)).isDeepEqualTo(weightsAfter(settings, 0));
    }

    /** Of two steps that tell answers apart, with so many between them that do not. */
    private static double[][] weightsAfter(PolicySettings settings, int equalSteps) {
        try (ToyPolicy policy = new ToyPolicy(1).withoutValueHead()) {
            Rewards apart = new RewardSettings(Map.of(Kind.F1, 1.0)).rewards(Optional.empty());
            Rewards equal = new Rewards(List.of(new Rewards.Component("equal", 1, answer -> 0.5)));
            PolicyOptimizer<float[][]> learning = new PolicyOptimizer<>(policy, settings, apart, 5);
            PolicyOptimizer<float[][]> resting = new PolicyOptimizer<>(policy, settings, equal, 5);
            learning.step(1, ToyPolicy.features(16), ToyPolicy.rows(16));
            for (int step = 0; step < equalSteps; step++) {
                resting.step(10 + step, ToyPolicy.features(16), ToyPolicy.rows(16));
            }
            learning.step(2, ToyPolicy.features(16), ToyPolicy.rows(16));
            return policy.weights();
        }
    }

    @Test
    void aRewardThatCannotBeGivenStopsTheStepAndNamesTheRow() {
        try (ToyPolicy policy = new ToyPolicy(1)) {
            double[][] before = policy.weights();
            assertThatThrownBy(() -> run(policy, ToyPolicy.rows(16), Kind.FEEDBACK, 1))
                    .isInstanceOf(RewardException.class)
                    .hasMessageContainingAll("feedback", "toy.jsonl, line 1", "has no verdict");
            assertThat(policy.weights()).isDeepEqualTo(before);
        }
    }

    private static List<PolicyStep> run(ToyPolicy policy, List<PolicyRow> rows, Kind kind, int count) {
        PolicyOptimizer<float[][]> optimizer = optimizer(policy, kind);
        List<PolicyStep> steps = new ArrayList<>();
        for (int step = 1; step <= count; step++) {
            steps.add(optimizer.step(step, ToyPolicy.features(16), rows));
        }
        return steps;
    }

    private static PolicyOptimizer<float[][]> optimizer(ToyPolicy policy, Kind kind) {
        return new PolicyOptimizer<>(
                policy, SETTINGS, new RewardSettings(Map.of(kind, 1.0)).rewards(Optional.empty()), 5);
    }

    private static double reward(List<PolicyStep> steps, int from, int to) {
        return steps.subList(from, to).stream()
                .mapToDouble(PolicyStep::reward)
                .average()
                .orElseThrow();
    }
}
