package dev.taxon.serving.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.serving.database.DatabaseException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class CachingKeyDirectoryTest {
    private final Map<String, StoredKey> database = new HashMap<>();
    private final AtomicLong now = new AtomicLong();
    private final ApiKey key = ApiKey.random(new SecureRandom());
    private int lookUps;
    private boolean down;

    private final CachingKeyDirectory directory =
            new CachingKeyDirectory(this::lookUp, Duration.ofSeconds(5), now::get);
    private final KeyVerifier verifier = new KeyVerifier(directory);

    @Test
    void asksTheDatabaseOnceForManyCalls() {
        store();
        assertThat(verifier.remembered(key)).isEmpty();
        for (int call = 0; call < 100; call++) {
            assertThat(verifier.verify(key)).isPresent();
        }
        assertThat(lookUps).isEqualTo(1);
        assertThat(verifier.remembered(key).orElseThrow()).isPresent();
    }

    @Test
    void forgetsARevokedKeyInTime() {
        store();
        verifier.verify(key);
        database.clear();
        pass(Duration.ofSeconds(4));
        assertThat(verifier.verify(key)).isPresent();
        pass(Duration.ofSeconds(1));
        assertThat(verifier.verify(key)).isEmpty();
    }

    @Test
    void remembersUnknownKeysToo() {
        for (int call = 0; call < 100; call++) {
            assertThat(verifier.verify(key)).isEmpty();
        }
        assertThat(lookUps).isEqualTo(1);
    }

    @Test
    void takesNoWrongSecretForARememberedKey() {
        store();
        verifier.verify(key);
        assertThat(verifier.verify(new ApiKey(key.id(), "0".repeat(64)))).isEmpty();
    }

    @Test
    void saysWhatItRemembersWithoutAskingTheDatabase() {
        store();
        verifier.verify(key);
        Optional<Optional<KeyOwner>> remembered = verifier.remembered(key);
        assertThat(verifier.remembered(new ApiKey(key.id(), "0".repeat(64)))).contains(Optional.empty());
        pass(Duration.ofSeconds(5));
        assertThat(verifier.remembered(key)).isEmpty();
        assertThat(remembered.orElseThrow()).isPresent();
        assertThat(lookUps).isEqualTo(1);
    }

    @Test
    void remembersNothingOfADatabaseThatDoesNotAnswer() {
        store();
        down = true;
        assertThatThrownBy(() -> verifier.verify(key)).isInstanceOf(DatabaseException.class);
        down = false;
        assertThat(verifier.verify(key)).isPresent();
    }

    private Optional<StoredKey> lookUp(String id) {
        lookUps++;
        if (down) {
            throw new DatabaseException("down", new SQLException());
        }
        return Optional.ofNullable(database.get(id));
    }

    private void store() {
        database.put(key.id(), new StoredKey(key.id(), UUID.randomUUID(), key.secretHash(), Scope.all(), false));
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
