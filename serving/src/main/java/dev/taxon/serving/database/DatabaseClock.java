package dev.taxon.serving.database;

import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The time that all nodes share, which no jump of a node's own clock moves: the database's, asked for once a minute and
 * counted on from there by the time that passes here. Blocks now and then. Thread-safe.
 */
@Singleton
@Typed(DatabaseClock.class)
public final class DatabaseClock extends Clock {
    private static final long FRESH_NANOS = Duration.ofMinutes(1).toNanos();

    private final Supplier<Instant> database;
    private final LongSupplier nanos;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable Reading last;

    @Inject
    DatabaseClock(AcrossTenants database) {
        this(() -> read(database), System::nanoTime);
    }

    DatabaseClock(Supplier<Instant> database, LongSupplier nanos) {
        this.database = database;
        this.nanos = nanos;
    }

    /** What the database said, and what this node had counted to then. */
    private record Reading(Instant time, long nanos) {}

    /** Throws {@link DatabaseException} when the database has never answered; later it is counted on without it. */
    @Override
    public Instant instant() {
        Reading known = last;
        if (known == null) {
            known = first();
        } else if (nanos.getAsLong() - known.nanos() > FRESH_NANOS && asking.tryLock()) {
            known = again(known);
        }
        return known.time().plusNanos(nanos.getAsLong() - known.nanos());
    }

    private Reading first() {
        asking.lock();
        try {
            Reading known = last;
            return known == null ? ask() : known;
        } finally {
            asking.unlock();
        }
    }

    /** By one thread at a time, which holds the lock; the others count on meanwhile. */
    private Reading again(Reading known) {
        try {
            return ask();
        } catch (DatabaseException silent) {
            return known;
        } finally {
            asking.unlock();
        }
    }

    private Reading ask() {
        Instant time = database.get();
        Reading read = new Reading(time, nanos.getAsLong());
        last = read;
        return read;
    }

    private static Instant read(AcrossTenants database) {
        return database.query("SELECT clock_timestamp()", row -> row.getObject(1, OffsetDateTime.class))
                .get(0)
                .toInstant();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** Not needed: moments have no zone. */
    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("The database's clock is UTC.");
    }
}
