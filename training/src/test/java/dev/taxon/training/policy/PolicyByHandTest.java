package dev.taxon.training.policy;

import static java.lang.Math.exp;
import static java.lang.Math.log;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.taxon.training.policy.PolicyProbe.Loss;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The formulas as the papers have them, on numbers small enough to write down. */
class PolicyByHandTest {
    private static final Offset<Double> EXACT = within(1e-12);
    private static final double CLIP = 0.2;

    private final PolicyProbe probe = new PolicyProbe();

    @AfterEach
    void close() {
        probe.close();
    }

    @Test
    void eachLabelOfAMultiLabelRowIsABernoulliDistribution() {
        // Logits of ln 3 and -ln 4 are probabilities of 3/4 and 1/5.
        Decisions row = Decisions.each(log(3), -log(4));
        double[] likely = probe.logProbability(row, new double[][] {{1, 0}})[0];
        assertThat(likely).containsExactly(new double[] {log(0.75), log(0.8)}, EXACT);
        double[] unlikely = probe.logProbability(row, new double[][] {{0, 1}})[0];
        assertThat(unlikely).containsExactly(new double[] {log(0.25), log(0.2)}, EXACT);
        assertThat(probe.entropy(row)[0])
                .containsExactly(
                        new double[] {-0.75 * log(0.75) - 0.25 * log(0.25), -0.2 * log(0.2) - 0.8 * log(0.8)}, EXACT);
        // The reference says 1/2 for both.
        assertThat(probe.divergence(row, new double[][] {{0, 0}})[0])
                .containsExactly(
                        new double[] {
                            0.75 * log(0.75 / 0.5) + 0.25 * log(0.25 / 0.5), 0.2 * log(0.2 / 0.5) + 0.8 * log(0.8 / 0.5)
                        },
                        EXACT);
    }

    @Test
    void aSingleLabelRowIsOneCategoricalDistribution() {
        Decisions row = Decisions.one(log(5), log(3), log(2));
        assertThat(probe.logProbability(row, new double[][] {{0, 1, 0}})[0])
                .containsExactly(new double[] {log(0.3), log(0.3), log(0.3)}, EXACT);
        double entropy = -0.5 * log(0.5) - 0.3 * log(0.3) - 0.2 * log(0.2);
        assertThat(probe.entropy(row)[0]).containsExactly(new double[] {entropy, entropy, entropy}, EXACT);
        // The reference says 1/4, 1/4 and 1/2.
        double divergence = 0.5 * log(0.5 / 0.25) + 0.3 * log(0.3 / 0.25) + 0.2 * log(0.2 / 0.5);
        assertThat(probe.divergence(row, new double[][] {{0, 0, log(2)}})[0])
                .containsExactly(new double[] {divergence, divergence, divergence}, EXACT);
    }

    @Test
    void theSurrogateEarnsNothingBeyondTheClipAndPaysInFull() {
        // From 1/2 to 3/4 is a ratio of 1.5, from 1/2 to 1/4 of 0.5; for an action of 1 in every label.
        Decisions row = Decisions.each(log(3), -log(3), log(3), -log(3));
        double[][] old = {{0, 0, 0, 0}};
        double[][] actions = {{1, 1, 1, 1}};
        double[][] gained = probe.surrogate(row, old, actions, new double[] {2}, CLIP);
        assertThat(gained[0]).containsExactly(new double[] {1.5, 0.5, 1.5, 0.5}, EXACT);
        assertThat(gained[1]).containsExactly(new double[] {-1.2 * 2, -0.5 * 2, -1.2 * 2, -0.5 * 2}, EXACT);
        double[][] lost = probe.surrogate(row, old, actions, new double[] {-2}, CLIP);
        assertThat(lost[1]).containsExactly(new double[] {1.5 * 2, 0.8 * 2, 1.5 * 2, 0.8 * 2}, EXACT);
    }

    @Test
    void theLossIsAMeanOverDecisionsThenRows() {
        double[][] logits = {{0.3, -0.7, 9}, {0.2, 0.1, -0.4}};
        Decisions rows = new Decisions(logits, new long[] {2, 3}, new float[] {0, 1});
        double[][] old = {{0.1, -0.2, 9}, {0, 0, 0}};
        double[][] reference = {{0, 0, 9}, {0.5, 0, 0}};
        double[][] actions = {{1, 0, 0}, {0, 0, 1}};
        Loss loss = probe.loss(rows, old, reference, actions, new double[] {1.5, -0.5}, CLIP, 0.03, 0.4);
        assertThat(loss.loss()).isCloseTo(lossByHand(logits), EXACT);
        for (int row = 0; row < 2; row++) {
            for (int label = 0; label < 3; label++) {
                assertThat(loss.gradient()[row][label])
                        .as("by the difference of two losses, row %d, label %d", row, label)
                        .isCloseTo(slope(logits, row, label), within(1e-8));
            }
        }
    }

    private static double slope(double[][] logits, int row, int label) {
        double step = 1e-6;
        return (lossByHand(moved(logits, row, label, step)) - lossByHand(moved(logits, row, label, -step)))
                / (2 * step);
    }

    private static double[][] moved(double[][] logits, int row, int label, double by) {
        double[][] moved = Arrays.stream(logits).map(double[]::clone).toArray(double[][]::new);
        moved[row][label] += by;
        return moved;
    }

    /** Of {@link #theLossIsAMeanOverDecisionsThenRows}. */
    private static double lossByHand(double[][] logits) {
        double first = bernoulliLoss(sigmoid(logits[0][0]), sigmoid(0.1), 0.5, true);
        double second = bernoulliLoss(sigmoid(logits[0][1]), sigmoid(-0.2), 0.5, false);
        double[] now = softmax(logits[1]);
        double[] reference = softmax(new double[] {0.5, 0, 0});
        double third = clipped(now[2] / (1 / 3.0), -0.5);
        for (int label = 0; label < 3; label++) {
            third += 0.03 * now[label] * log(now[label]);
            third += 0.4 * now[label] * log(now[label] / reference[label]);
        }
        return ((first + second) / 2 + third) / 2;
    }

    private static double bernoulliLoss(double now, double old, double reference, boolean chosen) {
        double ratio = chosen ? now / old : (1 - now) / (1 - old);
        double entropy = -now * log(now) - (1 - now) * log(1 - now);
        double divergence = now * log(now / reference) + (1 - now) * log((1 - now) / (1 - reference));
        return clipped(ratio, 1.5) - 0.03 * entropy + 0.4 * divergence;
    }

    private static double clipped(double ratio, double advantage) {
        double bounded = Math.max(1 - CLIP, Math.min(1 + CLIP, ratio));
        return -Math.min(ratio * advantage, bounded * advantage);
    }

    private static double sigmoid(double logit) {
        return 1 / (1 + exp(-logit));
    }

    private static double[] softmax(double[] logits) {
        double sum = Arrays.stream(logits).map(Math::exp).sum();
        return Arrays.stream(logits).map(logit -> exp(logit) / sum).toArray();
    }

    @Test
    void aLabelIsChosenWhenItsNumberIsBelowItsProbability() {
        Decisions row = Decisions.each(log(3), log(3), -log(4), -log(4));
        assertThat(probe.sample(row, new double[][] {{0.7499, 0.7501, 0.1999, 0.2001}})[0])
                .containsExactly(1, 0, 1, 0);
    }

    @Test
    void theFirstNumberOfASingleLabelRowFallsOnOneOfItsLabels() {
        Decisions row = Decisions.one(log(5), log(3), log(2));
        assertThat(probe.sample(row, new double[][] {{0, 0.9, 0.9}})[0]).containsExactly(1, 0, 0);
        assertThat(probe.sample(row, new double[][] {{0.4999, 0.9, 0.9}})[0]).containsExactly(1, 0, 0);
        assertThat(probe.sample(row, new double[][] {{0.5001, 0.9, 0.9}})[0]).containsExactly(0, 1, 0);
        assertThat(probe.sample(row, new double[][] {{0.8001, 0, 0}})[0]).containsExactly(0, 0, 1);
        assertThat(probe.sample(row, new double[][] {{Math.nextDown(1.0), 0, 0}})[0])
                .containsExactly(0, 0, 1);
    }

    @Test
    void whatThePolicyTellsOfItself() {
        Decisions row = Decisions.each(log(3), -log(4));
        double entropy = (-0.75 * log(0.75) - 0.25 * log(0.25) - 0.2 * log(0.2) - 0.8 * log(0.8)) / 2;
        assertThat(probe.confidence(row))
                .containsExactly(new float[] {(0.75f + 0.2f) / 2, 0.75f, (float) entropy}, within(1e-6f));
    }
}
