package dev.taxon.serving.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class NodeWatchTest {
    private static final UUID NODE = new UUID(0, 1);

    private long nanos;
    private final NodeWatch watch = new NodeWatch(() -> nanos);

    @Test
    void takesANodeForAliveWhoseBeatGoesOn() {
        for (int beat = 0; beat < 100; beat++) {
            assertThat(living(beat)).isTrue();
            nanos += Duration.ofSeconds(4).toNanos();
        }
    }

    @Test
    void takesANodeForDeadWhoseBeatIsTheSameForFiveSeconds() {
        assertThat(living(7)).isTrue();
        nanos += Duration.ofMillis(4_999).toNanos();
        assertThat(living(7)).isTrue();
        nanos += Duration.ofMillis(1).toNanos();
        assertThat(living(7)).isFalse();
        assertThat(living(8)).isTrue();
    }

    /** Whoever was stopped for an hour must not take everybody else for dead. */
    @Test
    void believesTheBeatThatIsReadRatherThanItsMemory() {
        assertThat(living(7)).isTrue();
        nanos += Duration.ofHours(1).toNanos();
        assertThat(living(8)).isTrue();
    }

    @Test
    void letsRowsGoOfNodesThatAreSilentForAMinute() {
        NodeRows.Beat beat = new NodeRows.Beat(NODE, 7);
        watch.saw(List.of(beat));
        nanos += Duration.ofSeconds(60).toNanos();
        assertThat(watch.gone(List.of(beat))).isEmpty();
        nanos += 1;
        assertThat(watch.gone(List.of(beat))).containsExactly(beat);
    }

    private boolean living(long beat) {
        return !watch.living(List.of(new NodeRows.Beat(NODE, beat))).isEmpty();
    }
}
