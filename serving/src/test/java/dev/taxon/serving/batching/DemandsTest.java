package dev.taxon.serving.batching;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class DemandsTest {
    private final Demands demands = new Demands();
    private long now = Long.MAX_VALUE - 1_000;

    @Test
    void overflowsWhileMoreIsRefusedThanTaken() {
        Share tenant = tenant(1);
        for (int i = 0; i < 100; i++) {
            advance(Duration.ofMillis(1));
            demands.of(tenant, now).taken(now);
            demands.of(tenant, now).refused(now);
        }
        assertThat(demands.of(tenant, now).overflows(now)).isFalse();
        for (int i = 0; i < 100; i++) {
            demands.of(tenant, now).refused(now);
        }
        assertThat(demands.of(tenant, now).overflows(now)).isTrue();
        assertThat(demands.of(tenant(2), now).overflows(now)).isFalse();
    }

    @Test
    void takesNoNoticeOfAHandfulOfRefusals() {
        demands.of(tenant(1), now).refused(now);
        demands.of(tenant(1), now).refused(now);
        assertThat(demands.of(tenant(1), now).overflows(now)).isFalse();
    }

    @Test
    void endsSecondsAfterTheLastRefusal() {
        for (int i = 0; i < 1_000; i++) {
            demands.of(tenant(1), now).refused(now);
        }
        advance(Duration.ofSeconds(2));
        assertThat(demands.of(tenant(1), now).overflows(now)).isTrue();
        advance(Duration.ofSeconds(5));
        assertThat(demands.of(tenant(1), now).overflows(now)).isFalse();
    }

    @Test
    void forgetsTenantsThatAskForNothing() {
        for (int i = 0; i < 1_000; i++) {
            demands.of(tenant(i), now).taken(now);
        }
        advance(Duration.ofMinutes(1));
        demands.of(tenant(5_000), now).taken(now);
        assertThat(demands.size()).isEqualTo(1);
    }

    private void advance(Duration time) {
        now += time.toNanos();
    }

    private static Share tenant(int number) {
        return new Share(new UUID(1, number), Share.USUAL_WEIGHT);
    }
}
