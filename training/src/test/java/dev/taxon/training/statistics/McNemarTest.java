package dev.taxon.training.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.training.Oracles;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class McNemarTest {

    static Stream<JsonNode> oracleCases() {
        return Oracles.cases(McNemarTest.class, "mcnemar.json");
    }

    @ParameterizedTest
    @MethodSource("oracleCases")
    void agreesWithSciPy(JsonNode expected) {
        McNemar test = McNemar.of(
                expected.get("first").asLong(), expected.get("second").asLong());
        assertThat(test.method().name()).isEqualTo(expected.get("method").asText());
        assertThat(test.pValue()).isCloseTo(expected.get("p_value").asDouble(), Percentage.withPercentage(1e-7));
    }

    @Test
    void sixRowsOfOneSideAreTheFewestThatTell() {
        // Either side getting all n: 2 x 0.5^n.
        assertThat(McNemar.of(0, 5).pValue()).isCloseTo(2 * Math.pow(0.5, 5), Offset.offset(1e-12));
        assertThat(McNemar.of(6, 0).pValue()).isCloseTo(2 * Math.pow(0.5, 6), Offset.offset(1e-12));
    }

    @Property
    void theSidesAreAlike(@ForAll @LongRange(max = 3000) long first, @ForAll @LongRange(max = 3000) long second) {
        McNemar test = McNemar.of(first, second);
        assertThat(test.pValue()).isEqualTo(McNemar.of(second, first).pValue()).isBetween(0.0, 1.0);
        assertThat(test.discordant()).isEqualTo(first + second);
    }

    @Test
    void negativeCountsAreRefused() {
        assertThatThrownBy(() -> McNemar.of(-1, 3)).isInstanceOf(IllegalArgumentException.class);
    }
}
