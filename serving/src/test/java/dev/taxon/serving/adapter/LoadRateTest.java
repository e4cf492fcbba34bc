package dev.taxon.serving.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class LoadRateTest {
    private static final UUID ACME = new UUID(0, 1);
    private static final UUID GLOBEX = new UUID(0, 2);

    private long nanos;
    private final LoadRate rate = new LoadRate(2, () -> nanos);

    @Test
    void letsEachTenantHaveItsOwn() {
        assertThat(takenBy(ACME)).isEqualTo(20);
        assertThat(rate.take(GLOBEX)).isTrue();
    }

    @Test
    void fillsUpAgainAndNotBeyondTenSeconds() {
        takenBy(ACME);
        nanos += Duration.ofMillis(500).toNanos();
        assertThat(takenBy(ACME)).isEqualTo(1);
        nanos += Duration.ofSeconds(50).toNanos();
        assertThat(takenBy(ACME)).isEqualTo(20);
    }

    /** How many the tenant may have now. */
    private int takenBy(UUID tenant) {
        int taken = 0;
        while (rate.take(tenant)) {
            taken++;
        }
        return taken;
    }
}
