package dev.taxon.serving.tenant;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.taxon.serving.database.DatabaseException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/** Tells whose a key is. Thread-safe. */
public final class KeyVerifier {
    private final CachingKeyDirectory directory;

    /**
     * Reads keys of a database.
     *
     * @param lifetime how long a look-up is remembered, hence how long a revoked key lives on
     */
    public KeyVerifier(DataSource dataSource, Duration lifetime) {
        this(new CachingKeyDirectory(new PostgresKeyDirectory(dataSource), lifetime, Ticker.systemTicker()));
    }

    KeyVerifier(CachingKeyDirectory directory) {
        this.directory = directory;
    }

    /**
     * What {@link #verify} would answer from memory, hence without blocking; empty when it would have to ask the
     * database.
     */
    public Optional<Optional<KeyOwner>> remembered(ApiKey key) {
        return directory.remembered(key.id()).map(stored -> owner(stored, key));
    }

    /**
     * The owner of a key; empty when the key is unknown, revoked, or its secret is wrong.
     *
     * @throws DatabaseException when the database does not answer
     */
    public Optional<KeyOwner> verify(ApiKey key) {
        return owner(directory.find(key.id()), key);
    }

    private static Optional<KeyOwner> owner(Optional<StoredKey> found, ApiKey key) {
        return found.filter(stored -> stored.matches(key)).map(StoredKey::owner);
    }
}
