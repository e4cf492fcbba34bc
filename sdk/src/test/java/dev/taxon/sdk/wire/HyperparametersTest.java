package dev.taxon.sdk.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HyperparametersTest {

    private static final String FULL = """
            {"rank":8,"alpha":16.0,"learning_rate":0.001,"epochs":5,"batch_rows":32,"batch_tokens":4096,"max_length":256,\
            "max_labels":50,"warmup":0.1,"weight_decay":0.01,"folds":3,"kl":0.1,"entropy":0.01,"clip_range":0.2}""";

    @Test
    void everyFieldIsReadWrittenAndBuiltAgain() throws Exception {
        Hyperparameters all = WireJson.read(FULL, Hyperparameters.class);

        assertThat(WireJson.string(all)).isEqualTo(FULL);
        assertThat(all.toBuilder().build()).isEqualTo(all);
        assertThat(Hyperparameters.builder().heldOut(0.25).build().heldOut()).isEqualTo(0.25);
        assertThat(WireJson.string(Hyperparameters.DEFAULTS)).isEqualTo("{}");
    }

    @ParameterizedTest
    @MethodSource
    void whatIsOutOfItsRangeIsNotBuilt(Hyperparameters.Builder builder, String place) {
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(place + ": ");
    }

    static Stream<Arguments> whatIsOutOfItsRangeIsNotBuilt() {
        return Stream.of(
                Arguments.of(Hyperparameters.builder().rank(0), "rank"),
                Arguments.of(Hyperparameters.builder().rank(257), "rank"),
                Arguments.of(Hyperparameters.builder().alpha(0.0), "alpha"),
                Arguments.of(Hyperparameters.builder().learningRate(0.2), "learning_rate"),
                Arguments.of(Hyperparameters.builder().learningRate(Double.NaN), "learning_rate"),
                Arguments.of(Hyperparameters.builder().epochs(1_001), "epochs"),
                Arguments.of(Hyperparameters.builder().batchTokens(63), "batch_tokens"),
                Arguments.of(Hyperparameters.builder().folds(1), "folds"),
                Arguments.of(Hyperparameters.builder().folds(2).heldOut(0.1), "held_out"),
                Arguments.of(Hyperparameters.builder().clipRange(1.0), "clip_range"));
    }

    @Test
    void theBoundsThemselvesAreWithin() {
        assertThat(Hyperparameters.builder()
                        .rank(256)
                        .learningRate(0.1)
                        .folds(0)
                        .warmup(0.0)
                        .clipRange(0.99)
                        .build()
                        .fault())
                .isEmpty();
    }
}
