package dev.taxon.serving.batching;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class TenantMixTest {
    private static final Share ACME = new Share(new UUID(0, 1), Share.USUAL_WEIGHT);
    private static final Share GLOBEX = new Share(new UUID(0, 2), Share.USUAL_WEIGHT);

    private final TenantMix mix = new TenantMix();

    @Test
    void isNoneOfOneTenantAndTheNodeItself() {
        mix.came(ACME, 0);
        mix.came(Share.HOUSE, 1);
        mix.came(ACME, 2);
        assertThat(mix.mixed(3)).isFalse();
    }

    @Test
    void isForgottenSecondsAfterTheOthersHaveGone() {
        mix.came(ACME, 0);
        mix.came(GLOBEX, 1);
        assertThat(mix.mixed(2)).isTrue();
        long later = Duration.ofSeconds(6).toNanos();
        mix.came(GLOBEX, later);
        assertThat(mix.mixed(later)).isFalse();
    }
}
