package dev.taxon.training.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ValueHeadTest {
    private static final float[][] FEATURES = {{1, 0.5f}, {-1, 0.5f}, {0.5f, -1}};

    private final PolicyProbe probe = new PolicyProbe();

    @AfterEach
    void close() {
        probe.close();
    }

    @Test
    void expectsNothingAtFirst() {
        probe.prepareValue(new ValueHead(2, 4), 3);
        assertThat(probe.values(FEATURES)).containsOnly(0);
        // So that the first loss is the mean square of the rewards.
        assertThat(probe.learn(FEATURES, new double[] {1, 2, 0.5}, 1, 0.01)).isCloseTo(5.25f / 3, within(1e-6f));
    }

    @Test
    void learnsWhichRewardToExpect() {
        probe.prepareValue(new ValueHead(2, 8), 3);
        double[] rewards = {1, -0.5, 0.25};
        for (int step = 1; step <= 400; step++) {
            probe.learn(FEATURES, rewards, step, 0.02);
        }
        float[] values = probe.values(FEATURES);
        for (int row = 0; row < rewards.length; row++) {
            assertThat((double) values[row]).isCloseTo(rewards[row], within(0.05));
        }
    }

    @Test
    void theSecondUpdateIsThatOfTheFormula() {
        // After the first of Adam's updates, which moves by the rate against each gradient's sign, only what stands
        // behind
        // the zeros of the second layer has moved: by the units' values, and by 1 for the bias.
        ValueHead head = new ValueHead(2, 1);
        probe.prepareValue(head, 3);
        float[] weight = head.parameters(3).get(0).values();
        float[][] one = {{1, 0.5f}};
        probe.learn(one, new double[] {2}, 1, 0.01);
        double unit = Math.tanh(weight[0] + 0.5 * weight[1]);
        double expected = 0.01 * Math.signum(unit) * unit + 0.01;
        assertThat((double) probe.values(one)[0]).isCloseTo(expected, within(1e-5));
    }

    @Test
    void aRewardThatIsNotFiniteChangesNothing() {
        probe.prepareValue(new ValueHead(2, 4), 3);
        probe.learn(FEATURES, new double[] {1, 2, 3}, 1, 0.1);
        float[] before = probe.values(FEATURES);
        assertThat(probe.learn(FEATURES, new double[] {1, Double.NaN, 3}, 2, 0.1))
                .isNaN();
        assertThat(probe.values(FEATURES)).isEqualTo(before);
    }

    @Test
    void readsTheTextAtAnyScaleAndWhatThePolicyTells() {
        Decisions row = Decisions.each(0, 0);
        float[] found = probe.features(new float[][] {{100, 300}}, row);
        assertThat(found).containsExactly(new float[] {-1, 1, 0.5f, 0.5f, (float) Math.log(2)}, within(1e-5f));
    }

    @Test
    void startsFromTheSeedAlone() {
        float[] weights = ValueHead.over(384).parameters(9).get(0).values();
        assertThat(ValueHead.over(384).parameters(9).get(0).values()).isEqualTo(weights);
        assertThat(ValueHead.over(384).parameters(10).get(0).values()).isNotEqualTo(weights);
        double square = 0;
        for (float weight : weights) {
            square += weight * weight / weights.length;
        }
        assertThat(square).isCloseTo(1 / 387.0, within(0.1 / 387));
    }

    @Test
    void hasFeaturesAndUnits() {
        assertThatThrownBy(() -> new ValueHead(0, 1)).hasMessageContaining("at least one feature");
        assertThatThrownBy(() -> new ValueHead(1, 0)).hasMessageContaining("one unit");
    }
}
