package dev.taxon.training.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.lifecycle.AfterContainer;

class PolicyPropertiesTest {
    private static final PolicyProbe PROBE = new PolicyProbe();

    @AfterContainer
    static void close() {
        PROBE.close();
    }

    @Provide
    static Arbitrary<double[]> four() {
        return Arbitraries.doubles().between(-80, 80).array(double[].class).ofSize(4);
    }

    @Provide
    static Arbitrary<double[]> fourNearby() {
        return Arbitraries.doubles().between(-12, 12).array(double[].class).ofSize(4);
    }

    @Property(tries = 100)
    void divergenceIsNeverNegative(@ForAll("four") double[] logits, @ForAll("four") double[] reference) {
        for (Decisions row : both(logits)) {
            assertThat(Arrays.stream(PROBE.divergence(row, new double[][] {reference})[0]))
                    .allMatch(found -> found >= 0);
        }
    }

    @Property(tries = 50)
    void divergenceFromItselfIsZero(@ForAll("four") double[] logits) {
        for (Decisions row : both(logits)) {
            assertThat(PROBE.divergence(row, new double[][] {logits})[0]).containsOnly(0);
        }
    }

    @Property(tries = 100)
    void divergenceFromAnyOtherIsAboveZero(
            @ForAll("fourNearby") double[] logits, @ForAll @DoubleRange(min = 0.01, max = 5) double by) {
        double[] other = logits.clone();
        other[2] += by;
        for (Decisions row : both(logits)) {
            assertThat(PROBE.divergence(row, new double[][] {other})[0][2]).isGreaterThan(0);
        }
    }

    @Property(tries = 60)
    void theRatioIsOneAtTheOldPolicy(@ForAll("four") double[] logits, @ForAll("four") double[] other) {
        for (Decisions row : both(logits)) {
            double[][] actions = PROBE.sample(row, new double[][] {uniform(other)});
            double[][] found = PROBE.surrogate(row, new double[][] {logits}, actions, new double[] {0.7}, 0.2);
            assertThat(found[0]).containsOnly(1);
            assertThat(found[1]).containsOnly(-0.7);
        }
    }

    @Property(tries = 60)
    void entropyLiesBetweenNoneAndThatOfEvenChances(@ForAll("four") double[] logits) {
        assertThat(Arrays.stream(PROBE.entropy(Decisions.each(logits))[0]))
                .allMatch(found -> found >= 0 && found <= Math.log(2) + 1e-12);
        assertThat(Arrays.stream(PROBE.entropy(Decisions.one(logits))[0]))
                .allMatch(found -> found >= 0 && found <= Math.log(4) + 1e-12);
    }

    @Property(tries = 60)
    void aSingleLabelRowAlwaysHasOneAnswerOfItsOwn(@ForAll("four") double[] logits, @ForAll("four") double[] other) {
        Decisions row = new Decisions(new double[][] {logits}, new long[] {3}, new float[] {1});
        double[] chosen = PROBE.sample(row, new double[][] {uniform(other)})[0];
        assertThat(Arrays.stream(chosen).sum()).isEqualTo(1);
        assertThat(chosen[3]).isZero();
    }

    @Property(tries = 100)
    void whatStandsBeyondARowsLabelsIsNothing(@ForAll("four") double[] logits, @ForAll("four") double[] other) {
        double[] changed = logits.clone();
        changed[3] = other[3];
        for (float single : new float[] {0, 1}) {
            Decisions row = new Decisions(new double[][] {logits}, new long[] {3}, new float[] {single});
            double[][] uniform = {uniform(other)};
            double[][] actions = PROBE.sample(row, uniform);
            PolicyProbe.Loss loss = lossOf(row, actions);
            PolicyProbe.Loss same = lossOf(row.with(new double[][] {changed}), actions);
            assertThat(PROBE.sample(row.with(new double[][] {changed}), uniform))
                    .isDeepEqualTo(actions);
            assertThat(actions[0][3]).isZero();
            assertThat(same.loss()).isEqualTo(loss.loss());
            assertThat(loss.gradient()[0][3]).isZero();
        }
    }

    @Property(tries = 3)
    void actionsComeAsOftenAsTheirProbability(@ForAll long seed) {
        int rows = 4000;
        double[] logits = {1.2, -0.5, 0.1};
        double[][] uniform = new double[rows][];
        Arrays.setAll(uniform, row -> ActionDraws.of(seed, 1, row, 3));
        double sum = Arrays.stream(logits).map(Math::exp).sum();
        for (float single : new float[] {0, 1}) {
            double[][] found = PROBE.sample(repeated(logits, rows, single), uniform);
            for (int label = 0; label < 3; label++) {
                int place = label;
                double share = Arrays.stream(found)
                        .mapToDouble(row -> row[place])
                        .average()
                        .orElseThrow();
                double power = Math.exp(logits[label]);
                // Six standard deviations of a share of 4,000 draws.
                assertThat(share).isCloseTo(single == 1 ? power / sum : power / (1 + power), within(0.048));
            }
        }
    }

    private static PolicyProbe.Loss lossOf(Decisions row, double[][] actions) {
        double[][] even = {{0, 0, 0, 0}};
        return PROBE.loss(row, row.logits(), even, actions, new double[] {1}, 0.2, 0.1, 0.1);
    }

    private static Decisions repeated(double[] logits, int rows, float single) {
        double[][] all = new double[rows][];
        Arrays.fill(all, logits);
        long[] counts = new long[rows];
        Arrays.fill(counts, logits.length);
        float[] singles = new float[rows];
        Arrays.fill(singles, single);
        return new Decisions(all, counts, singles);
    }

    private static Decisions[] both(double[] logits) {
        return new Decisions[] {Decisions.each(logits), Decisions.one(logits)};
    }

    /** Numbers in [0, 1) from any numbers. */
    private static double[] uniform(double[] numbers) {
        return Arrays.stream(numbers).map(number -> Math.abs(number) / 80.001).toArray();
    }
}
