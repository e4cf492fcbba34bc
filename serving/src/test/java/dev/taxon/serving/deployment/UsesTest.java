package dev.taxon.serving.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class UsesTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Uses uses = new Uses();

    @Test
    void isGivenToNobodyOnceRetired() {
        assertThat(uses.enter()).isTrue();
        uses.leave();
        uses.retire(LONG);
        assertThat(uses.enter()).isFalse();
        assertThat(uses.revoked()).isFalse();
    }

    @Test
    void waitsForThoseThatHaveIt() {
        uses.enter();
        CompletableFuture<Void> retired = CompletableFuture.runAsync(() -> uses.retire(LONG));
        while (uses.enter()) {
            uses.leave();
        }
        assertThat(retired).isNotDone();
        uses.leave();
        retired.join();
        assertThat(uses.revoked()).isFalse();
    }

    @Test
    void revokesWhatTakesTooLong() {
        uses.enter();
        uses.retire(Duration.ZERO);
        assertThat(uses.revoked()).isTrue();
    }

    @Test
    void isNotIdleWhileItIsUsed() {
        uses.enter();
        assertThat(uses.retireIdle()).isFalse();
        assertThat(uses.enter()).isTrue();
        uses.leave();
        uses.leave();
        assertThat(uses.retireIdle()).isTrue();
        assertThat(uses.enter()).isFalse();
    }
}
