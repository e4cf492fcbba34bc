package dev.taxon.serving.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

final class TenantSharesTest {
    private static final UUID ACME = new UUID(0, 1);
    private static final UUID GLOBEX = new UUID(0, 2);

    private final TenantShares shares = new TenantShares(100);

    @Test
    void letsTheLongestUnusedOfTheSameTenantGo() {
        shares.add(GLOBEX, "theirs", 90);
        shares.add(ACME, "a", 40);
        shares.add(ACME, "b", 40);
        shares.touch(ACME, "a");
        assertThat(shares.add(ACME, "c", 40)).containsExactly("b");
        assertThat(shares.add(ACME, "d", 20)).isEmpty();
    }

    @Test
    void keepsTheOneThatWasJustBroughtInHoweverLarge() {
        shares.add(ACME, "a", 40);
        assertThat(shares.add(ACME, "large", 500)).containsExactly("a");
    }

    @Test
    void countsWhatIsGoneNoMore() {
        shares.add(ACME, "a", 90);
        shares.remove(ACME, "a");
        assertThat(shares.add(ACME, "b", 90)).isEmpty();
    }
}
