package dev.taxon.serving.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.serving.batching.OverloadedException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class CallRoomTest {
    private static final UUID ACME = new UUID(0, 1);
    private static final UUID GLOBEX = new UUID(0, 2);
    private static final UUID INITECH = new UUID(0, 3);

    private final CallRoom room = new CallRoom("uploads", 3, 2);

    @Test
    void letsATenantHaveItsShareAndNoMore() {
        inside(
                ACME,
                () -> inside(ACME, () -> {
                    assertThatThrownBy(() -> inside(ACME, () -> {}))
                            .isInstanceOfSatisfying(
                                    ProblemException.class,
                                    refused -> assertThat(refused.problem().status())
                                            .isEqualTo(429));
                    inside(GLOBEX, () -> {});
                }));
        inside(ACME, () -> inside(ACME, () -> {}));
    }

    @Test
    void isFullWhenTheNodeIs() {
        inside(
                ACME,
                () -> inside(
                        ACME,
                        () -> inside(
                                GLOBEX,
                                () -> assertThatThrownBy(() -> inside(INITECH, () -> {}))
                                        .isInstanceOf(OverloadedException.class))));
        inside(INITECH, () -> {});
    }

    @Test
    void aFewTenantsThatKeepTheirPlacesLeaveSomeToOthers() {
        CallRoom wide = new CallRoom("uploads", 64, 16);
        for (long hog = 10; hog < 14; hog++) {
            while (wide.tryEnter(new UUID(0, hog)).isPresent()) {
                // Keeps all that it is given.
            }
        }

        wide.enter(ACME);

        assertThatThrownBy(() -> wide.enter(new UUID(0, 13)))
                .isInstanceOf(OverloadedException.class)
                .hasMessageContaining("but for tenants that have fewer than 7");
    }

    @Test
    void isFreeAgainAfterAFailure() {
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> inside(ACME, () -> {
                        throw new IllegalStateException("broken off");
                    }))
                    .hasMessage("broken off");
        }
        inside(ACME, () -> inside(ACME, () -> {}));
    }

    @Test
    void aPlaceIsGivenBackOnceHoweverOftenItIsClosed() {
        CallRoom.Place left = room.enter(ACME);
        CallRoom.Place kept = room.enter(ACME);
        left.close();
        left.close();

        CallRoom.Place again = room.enter(ACME);

        assertThatThrownBy(() -> room.enter(ACME)).hasMessageContaining("2 uploads");
        kept.close();
        again.close();
    }

    private void inside(UUID tenant, Runnable work) {
        room.during(tenant, () -> {
            work.run();
            return true;
        });
    }
}
