package dev.taxon.serving.adapter;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.taxon.serving.batching.Ticker;
import java.time.Duration;
import java.util.UUID;

/**
 * How many loads a second a tenant may cause, with some seconds' worth in advance: a tenant that names one adapter after
 * another must not keep the database and others' cache busy, and one whose customers all come back in the morning is
 * served. Thread-safe.
 */
final class LoadRate {
    private static final Duration FORGOTTEN = Duration.ofMinutes(1);

    /** Seconds whose loads may come at once. */
    private static final int IN_ADVANCE = 10;

    private final double perSecond;
    private final Ticker ticker;
    private final Cache<UUID, Bucket> buckets =
            Caffeine.newBuilder().expireAfterAccess(FORGOTTEN).build();

    LoadRate(int perSecond, Ticker ticker) {
        this.perSecond = perSecond;
        this.ticker = ticker;
    }

    /** Takes one load; false when the tenant has had its share. */
    boolean take(UUID tenant) {
        return buckets.get(tenant, unknown -> new Bucket(ticker.nanos())).take();
    }

    private final class Bucket {
        private double tokens = IN_ADVANCE * perSecond;
        private long filledNanos;

        Bucket(long nanos) {
            this.filledNanos = nanos;
        }

        synchronized boolean take() {
            long now = ticker.nanos();
            tokens = Math.min(IN_ADVANCE * perSecond, tokens + (now - filledNanos) * perSecond / 1e9);
            filledNanos = now;
            if (tokens < 1) {
                return false;
            }
            tokens--;
            return true;
        }
    }
}
