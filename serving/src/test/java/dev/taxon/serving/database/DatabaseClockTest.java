package dev.taxon.serving.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {
    private static final Instant START = Instant.parse("2026-11-25T10:00:00Z");

    private Instant database = START;
    private boolean silent;
    private long nanos = 17;
    private int asked;

    private final DatabaseClock clock = new DatabaseClock(this::ask, () -> nanos);

    @Test
    void countsOnFromWhatTheDatabaseSaid() {
        assertThat(clock.instant()).isEqualTo(START);

        pass(Duration.ofSeconds(59));

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(59));
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void asksAgainOnceAMinute() {
        clock.instant();
        database = START.plusSeconds(70);

        pass(Duration.ofSeconds(61));

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(70));
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(70));
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void countsOnWithoutADatabaseThatDoesNotAnswer() {
        clock.instant();
        silent = true;

        pass(Duration.ofMinutes(5));

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(300));
    }

    @Test
    void hasNoTimeOfItsOwnToBeginWith() {
        silent = true;
        assertThatThrownBy(clock::instant).isInstanceOf(DatabaseException.class);

        silent = false;
        assertThat(clock.instant()).isEqualTo(START);
    }

    private Instant ask() {
        asked++;
        if (silent) {
            throw new DatabaseException("silent", new IllegalStateException());
        }
        return database;
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
