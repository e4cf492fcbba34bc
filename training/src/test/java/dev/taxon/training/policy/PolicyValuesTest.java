package dev.taxon.training.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taxon.training.policy.PolicyProbe.Loss;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Beside torch.distributions and autograd; {@code policy_values.py} made the values. */
class PolicyValuesTest {
    private static final Offset<Double> EXACT = within(1e-11);
    private static final PolicyProbe PROBE = new PolicyProbe();

    @AfterAll
    static void close() {
        PROBE.close();
    }

    static Stream<JsonNode> cases() throws IOException {
        try (InputStream file = PolicyValuesTest.class.getResourceAsStream("policy_values.json")) {
            List<JsonNode> cases = new ArrayList<>();
            new ObjectMapper().readTree(file).get("cases").forEach(cases::add);
            return cases.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void logProbabilitiesOfActions(JsonNode expected) {
        Decisions rows = rows(expected);
        assertDecisions(PROBE.logProbability(rows, matrix(expected, "actions")), rows, expected, "log_probability");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void entropies(JsonNode expected) {
        Decisions rows = rows(expected);
        assertDecisions(PROBE.entropy(rows), rows, expected, "entropy");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void divergences(JsonNode expected) {
        Decisions rows = rows(expected);
        assertDecisions(PROBE.divergence(rows, matrix(expected, "reference")), rows, expected, "divergence");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void ratiosAndClippedSurrogates(JsonNode expected) {
        Decisions rows = rows(expected);
        double[][] both = PROBE.surrogate(
                rows,
                matrix(expected, "old"),
                matrix(expected, "actions"),
                numbers(expected.get("advantages")),
                expected.get("clip").asDouble());
        int count = rows.counts().length;
        assertDecisions(java.util.Arrays.copyOf(both, count), rows, expected, "ratio");
        assertDecisions(java.util.Arrays.copyOfRange(both, count, 2 * count), rows, expected, "surrogate");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theLossItsGradientAndWhatIsRecorded(JsonNode expected) {
        Loss loss = PROBE.loss(
                rows(expected),
                matrix(expected, "old"),
                matrix(expected, "reference"),
                matrix(expected, "actions"),
                numbers(expected.get("advantages")),
                expected.get("clip").asDouble(),
                expected.get("entropy_weight").asDouble(),
                expected.get("divergence_weight").asDouble());
        assertThat(loss.loss()).isCloseTo(expected.get("loss").asDouble(), EXACT);
        assertThat(loss.figures()[0]).isCloseTo(expected.get("mean_entropy").asDouble(), EXACT);
        assertThat(loss.figures()[1]).isCloseTo(expected.get("mean_divergence").asDouble(), EXACT);
        assertThat(loss.figures()[2]).isCloseTo(expected.get("mean_clipped").asDouble(), EXACT);
        double[][] gradient = matrix(expected, "gradient");
        for (int row = 0; row < gradient.length; row++) {
            assertThat(loss.gradient()[row]).as("gradient of row %d", row).containsExactly(gradient[row], EXACT);
        }
    }

    /** A multi-label row has a number a label; a single-label row has one, which stands at each of its labels. */
    private static void assertDecisions(double[][] found, Decisions rows, JsonNode expected, String name) {
        for (int row = 0; row < found.length; row++) {
            double[] numbers = numbers(expected.get(name).get(row));
            for (int label = 0; label < rows.counts()[row]; label++) {
                assertThat(found[row][label])
                        .as("%s of row %d, label %d", name, row, label)
                        .isCloseTo(numbers[rows.single()[row] == 1 ? 0 : label], EXACT);
            }
        }
    }

    private static Decisions rows(JsonNode expected) {
        double[] counts = numbers(expected.get("counts"));
        double[] single = numbers(expected.get("single"));
        float[] singles = new float[single.length];
        long[] labels = new long[counts.length];
        for (int row = 0; row < counts.length; row++) {
            singles[row] = (float) single[row];
            labels[row] = (long) counts[row];
        }
        return new Decisions(matrix(expected, "logits"), labels, singles);
    }

    private static double[][] matrix(JsonNode expected, String name) {
        return StreamSupport.stream(expected.get(name).spliterator(), false)
                .map(PolicyValuesTest::numbers)
                .toArray(double[][]::new);
    }

    private static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }
}
