package dev.taxon.serving.tenant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;

/**
 * Remembers look-ups for a few seconds, which is how long a revoked key lives on. Unknown ids are remembered too, so
 * that guessing costs the database little.
 */
final class CachingKeyDirectory implements KeyDirectory {
    private static final int MOST_KEYS = 10_000;

    private final KeyDirectory directory;
    private final Cache<String, Optional<StoredKey>> cache;

    CachingKeyDirectory(KeyDirectory directory, Duration lifetime, Ticker ticker) {
        this.directory = directory;
        this.cache = Caffeine.newBuilder()
                .maximumSize(MOST_KEYS)
                .expireAfterWrite(lifetime)
                .ticker(ticker)
                .build();
    }

    @Override
    public Optional<StoredKey> find(String id) {
        return cache.get(id, directory::find);
    }

    /** What is remembered now, without asking the database; empty when nothing is. */
    Optional<Optional<StoredKey>> remembered(String id) {
        return Optional.ofNullable(cache.getIfPresent(id));
    }
}
