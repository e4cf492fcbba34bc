package dev.taxon.core.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.core.checkpoint.CheckpointException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AlphaPatternsTest {
    private static final String SOURCE = "adapter_config.json";
    private static final int SMALL_STACK = 512 << 10;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "query                     | encoder.layer.0.query   | 4",
                "layer\\.[01]\\.query      | encoder.layer.1.query   | 4",
                "layer\\.[01]\\.query      | encoder.layer.2.query   | -1",
                "layer\\.\\d{1,2}\\.query  | encoder.layer.11.query  | 4",
                "(a{10}){10}               | encoder.query           | -1",
                "ery                       | encoder.layer.0.query   | -1"
            })
    void theEndOfALayersNameTellsItsAlpha(String pattern, String layer, double alpha) {
        AlphaPatterns patterns = new AlphaPatterns(Map.of(pattern, 4d), SOURCE);
        assertThat(patterns.of(layer).orElse(-1)).isEqualTo(alpha);
    }

    /** Each of these fills gigabytes, or a thread's stack, when it is compiled or matched. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{1000}){1000}){1000}",
                "((((.{1,1000}){1,1000}){1,1000}))",
                "(a{2,}){101}",
                "((a{99999999999}){2}){2}",
                "(a?a?a?a?a?a?a?a?a?a?){100}"
            })
    void whatIsLargeWithItsRepeatsWrittenOutIsRefusedBeforeItIsCompiled(String pattern) {
        assertThatThrownBy(() -> new AlphaPatterns(Map.of(pattern, 4d), SOURCE))
                .isInstanceOf(CheckpointException.class)
                .hasMessage(SOURCE + ": a pattern of alpha_pattern comes to more than 2000 characters, counted repeats"
                        + " written out; name the layers instead.");
    }

    @Test
    void soAreManyPatternsThatAreLargeTogether() {
        Map<String, Double> many = new LinkedHashMap<>();
        for (int number = 0; number < 60; number++) {
            many.put("(abc%02d){160}".formatted(number), 4d);
        }
        assertThatThrownBy(() -> new AlphaPatterns(many, SOURCE))
                .isInstanceOf(CheckpointException.class)
                .hasMessage(
                        SOURCE + ": the patterns of alpha_pattern come to 115200 characters, counted repeats written"
                                + " out; at most 100000 are read.");
    }

    @Test
    void theLargestThatIsReadFitsASmallStack() throws Exception {
        AtomicReference<OptionalDouble> found = new AtomicReference<>(OptionalDouble.empty());
        Runnable match = () -> found.set(new AlphaPatterns(Map.of("(a?b?){1,153}", 4d), SOURCE).of("a".repeat(60)));
        Thread thread = new Thread(null, match, "small stack", SMALL_STACK);
        thread.start();
        thread.join();
        assertThat(found.get()).hasValue(4);
    }
}
