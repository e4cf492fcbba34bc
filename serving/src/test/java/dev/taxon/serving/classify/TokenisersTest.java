package dev.taxon.serving.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.serving.batching.Deadline;
import dev.taxon.serving.batching.OverloadedException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class TokenisersTest {
    private final AtomicInteger done = new AtomicInteger();

    @Test
    void refusesOneMoreThanThereMayBeAtOnce() {
        Tokenisers tokenisers = new Tokenisers(2, Duration.ZERO, () -> 0);
        tokenisers.run(
                Deadline.never(),
                () -> tokenisers.run(Deadline.never(), () -> {
                    assertThatThrownBy(() -> tokenisers.run(Deadline.never(), done::incrementAndGet))
                            .isInstanceOf(OverloadedException.class);
                    return done.get();
                }));
        assertThat(done).hasValue(0);
        assertThat(tokenisers.run(Deadline.never(), done::incrementAndGet)).isEqualTo(1);
    }

    @Test
    void waitsNoLongerThanTheDeadline() {
        Tokenisers tokenisers = new Tokenisers(1, Duration.ofDays(1), () -> 100);
        tokenisers.run(Deadline.never(), () -> {
            assertThatThrownBy(() -> tokenisers.run(Deadline.after(0, Duration.ofNanos(50)), done::incrementAndGet))
                    .isInstanceOf(OverloadedException.class);
            return done.get();
        });
        assertThat(done).hasValue(0);
    }

    @Test
    void makesWayAlsoForWhatComesAfterAFailure() {
        Tokenisers tokenisers = new Tokenisers(1, Duration.ZERO, () -> 0);
        assertThatThrownBy(() -> tokenisers.run(Deadline.never(), () -> {
                    throw new IllegalStateException("broken");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(tokenisers.run(Deadline.never(), done::incrementAndGet)).isEqualTo(1);
    }
}
