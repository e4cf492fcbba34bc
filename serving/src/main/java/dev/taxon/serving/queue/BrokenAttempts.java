package dev.taxon.serving.queue;

import dev.taxon.serving.database.Sql;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Attempts that a failure of our own code ended, and not the loss of their worker. Thread-safe. */
@Singleton
public final class BrokenAttempts {
    private static final String NOTE = "UPDATE job SET broken_attempt = ? WHERE id = ?";
    private static final String BEFORE = "SELECT 1 FROM job WHERE id = ? AND broken_attempt = ?";

    private final HeldJobs held;

    BrokenAttempts(HeldJobs held) {
        this.held = held;
    }

    /** Notes that the attempt broke. Throws {@link StaleAttemptException} when the job is no longer its. */
    public void note(Attempt attempt) {
        held.write(attempt, connection -> Sql.update(connection, NOTE, attempt.number(), attempt.job()));
    }

    /** Whether the attempt before this one broke. Throws {@link StaleAttemptException} when the job is no longer its. */
    public boolean rightBefore(Attempt attempt) {
        Optional<Boolean> found = held.write(
                attempt, connection -> Sql.first(connection, BEFORE, row -> true, attempt.job(), attempt.number() - 1));
        return found.isPresent();
    }
}
