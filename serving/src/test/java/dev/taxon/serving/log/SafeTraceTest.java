package dev.taxon.serving.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SafeTraceTest {
    private static final String SECRET = "zanzibar";

    @Test
    void keepsKindsAndPlacesOfTheWholeChainAndNoMessage() {
        Throwable failure = new IllegalStateException(SECRET, new NumberFormatException(SECRET));
        assertThat(SafeTrace.of("order-66", failure))
                .startsWith("request order-66 failed: java.lang.IllegalStateException\n    at dev.taxon")
                .contains("\ncaused by java.lang.NumberFormatException\n    at dev.taxon")
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource({
        "08001, The connection was refused.",
        "28P01, password authentication failed",
        "42P01, relation does not exist"
    })
    void keepsWhatTheOperatorNeedsToMendTheDatabase(String state, String message) {
        Throwable failure = new IllegalStateException(SECRET, new SQLException(message, state));
        assertThat(SafeTrace.of(failure))
                .contains("\ncaused by java.sql.SQLException (SQLSTATE " + state + "): " + message)
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"22P02", "23505", "XX000"})
    void dropsMessagesThatMayQuoteValues(String state) {
        assertThat(SafeTrace.of(new SQLException(SECRET, state)))
                .contains("(SQLSTATE " + state + ")")
                .doesNotContain(SECRET);
    }

    @Test
    void endsWhereAChainHasNoEnd() {
        IllegalStateException one = new IllegalStateException();
        one.initCause(new IllegalStateException(one));
        assertThat(SafeTrace.of(one).lines().filter(line -> line.startsWith("caused by")))
                .hasSize(4);
    }

    @Test
    void tellsCausesApartByKindAndPlace() {
        Throwable[] same = new Throwable[2];
        for (int i = 0; i < same.length; i++) {
            same[i] = new IllegalStateException("number " + i);
        }
        assertThat(SafeTrace.cause(same[0])).isEqualTo(SafeTrace.cause(same[1]));
        assertThat(SafeTrace.cause(same[0])).isNotEqualTo(SafeTrace.cause(new IllegalStateException()));
    }
}
