package dev.taxon.serving.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LeaseTest {
    private long nanos = 5_000;
    private long millis = 1_000_000;

    private final Lease lease = new Lease(() -> nanos, () -> millis);

    @Test
    void isNotHeldBeforeItIsGiven() {
        assertThat(lease.held()).isFalse();
    }

    @Test
    void holdsFromTheMomentBeforeTheRead() {
        Lease.Start start = lease.now();
        pass(Duration.ofSeconds(3));
        lease.renew(start);
        assertThat(lease.held()).isTrue();
        pass(Duration.ofSeconds(1));
        assertThat(lease.held()).isFalse();
        lease.renew(lease.now());
        assertThat(lease.held()).isTrue();
    }

    @Test
    void endsWhenItIsGivenUp() {
        lease.renew(lease.now());
        lease.end();
        assertThat(lease.held()).isFalse();
    }

    /** A machine that was suspended may have stopped its monotonic clock. */
    @Test
    void endsByEitherClock() {
        lease.renew(lease.now());
        millis += Lease.LENGTH.toMillis();
        assertThat(lease.held()).isFalse();
        lease.renew(lease.now());
        nanos += Lease.LENGTH.toNanos();
        assertThat(lease.held()).isFalse();
    }

    @Test
    void endsWhenTheWallClockJumpsBack() {
        lease.renew(lease.now());
        millis -= Duration.ofHours(1).toMillis();
        assertThat(lease.held()).isFalse();
    }

    @Test
    void endsBeforeAnybodyTakesTheNodeForDead() {
        assertThat(Lease.LENGTH).isLessThan(NodeWatch.SILENCE_OF_THE_DEAD);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
        millis += time.toMillis();
    }
}
