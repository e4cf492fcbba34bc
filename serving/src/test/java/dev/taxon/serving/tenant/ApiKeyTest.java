package dev.taxon.serving.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ApiKeyTest {
    private final ApiKey key = ApiKey.random(new SecureRandom());

    @Test
    void readsWhatItWrites() {
        assertThat(key.token()).matches("tx_[0-9a-f]{16}_[0-9a-f]{64}");
        assertThat(ApiKey.parse(key.token())).contains(key);
    }

    @Test
    void readsNothingElse() {
        String token = key.token();
        for (String other : new String[] {
            "", "tx_", token + "0", token.substring(1), token.toUpperCase(Locale.ROOT), token + "\n", " " + token
        }) {
            assertThat(ApiKey.parse(other)).as(other).isEmpty();
        }
    }

    @Test
    void showsNoSecretInItsName() {
        assertThat(key.toString()).contains(key.id()).doesNotContain(key.secret());
    }

    @Test
    void matchesItsStoredSelfAlone() {
        StoredKey stored = new StoredKey(key.id(), UUID.randomUUID(), key.secretHash(), Set.of(Scope.CLASSIFY), false);
        assertThat(stored.matches(key)).isTrue();
        assertThat(stored.matches(new ApiKey(key.id(), "0".repeat(64)))).isFalse();
        assertThat(stored.owner().scopes()).containsExactly(Scope.CLASSIFY);
    }
}
