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
        assertThat(rate.take(ACME)).isTrue();
        assertThat(rate.take(ACME)).isTrue();
        assertThat(rate.take(ACME)).isFalse();
        assertThat(rate.take(GLOBEX)).isTrue();
    }

    @Test
    void fillsUpAgainAndNotBeyondASecond() {
        rate.take(ACME);
        rate.take(ACME);
        nanos += Duration.ofMillis(500).toNanos();
        assertThat(rate.take(ACME)).isTrue();
        assertThat(rate.take(ACME)).isFalse();
        nanos += Duration.ofHours(1).toNanos();
        assertThat(rate.take(ACME)).isTrue();
        assertThat(rate.take(ACME)).isTrue();
        assertThat(rate.take(ACME)).isFalse();
    }
}
