package dev.taxon.serving.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class WaitsTest {
    private static final Waits WAITS = new Waits(Duration.ofSeconds(10), Duration.ofSeconds(3), Duration.ofMillis(200));

    @Test
    void letsARequestOfLittleWorkWaitTheUsualTime() {
        assertThat(WAITS.of(millis(10), false)).isEqualTo(millis(3_000));
    }

    @Test
    void letsARequestWaitTenTimesItsOwnWorkUpToTheLongest() {
        assertThat(WAITS.of(millis(500), false)).isEqualTo(millis(5_000));
        assertThat(WAITS.of(millis(60_000), false)).isEqualTo(millis(10_000));
    }

    @Test
    void keepsTheLineOfATenantShortThatAsksForTooMuch() {
        assertThat(WAITS.of(millis(10), true)).isEqualTo(millis(210));
        assertThat(WAITS.of(millis(60_000), true)).isEqualTo(millis(10_000));
    }

    @Test
    void refusesTimesBeforeNow() {
        assertThatThrownBy(() -> Waits.upTo(Duration.ofMillis(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    private static double millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
