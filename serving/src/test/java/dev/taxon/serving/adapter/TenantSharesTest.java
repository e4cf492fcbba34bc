package dev.taxon.serving.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

final class TenantSharesTest {
    private static final UUID ACME = new UUID(0, 1);
    private static final UUID GLOBEX = new UUID(0, 2);

    /** Room for 200 bytes, of which a tenant may keep 100 when others want them. */
    private final TenantShares shares = new TenantShares(200, 100);

    @Test
    void letsAnyoneFillWhatNobodyWants() {
        assertThat(shares.add(ACME, "a", 90)).isEmpty();
        assertThat(shares.add(ACME, "b", 90)).isEmpty();
    }

    @Test
    void letsTheLongestUnusedGoOfWhoeverHasMoreThanAShare() {
        shares.add(GLOBEX, "theirs", 80);
        shares.add(ACME, "a", 40);
        shares.add(ACME, "b", 40);
        shares.add(ACME, "c", 40);
        shares.touch(ACME, "a");
        assertThat(shares.add(GLOBEX, "also theirs", 20)).containsExactly("b");
        assertThat(shares.add(ACME, "d", 40)).containsExactly("c");
    }

    @Test
    void takesNothingFromThoseWithinTheirShares() {
        shares.add(ACME, "a", 100);
        shares.add(GLOBEX, "theirs", 100);
        assertThat(shares.add(new UUID(0, 3), "another's", 50)).isEmpty();
    }

    @Test
    void keepsTheOneThatWasJustBroughtInHoweverLarge() {
        shares.add(ACME, "a", 40);
        assertThat(shares.add(ACME, "large", 500)).containsExactly("a");
    }

    @Test
    void takesOfAnotherBeyondItsShareWhereTheGreediestHasNothingElse() {
        shares.add(GLOBEX, "theirs", 50);
        shares.add(GLOBEX, "also theirs", 60);
        assertThat(shares.add(ACME, "large", 120)).containsExactly("theirs");
    }

    @Test
    void countsWhatIsGoneNoMore() {
        shares.add(ACME, "a", 190);
        shares.remove(ACME, "a");
        assertThat(shares.add(ACME, "b", 190)).isEmpty();
    }
}
