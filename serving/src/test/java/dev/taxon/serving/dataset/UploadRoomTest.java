package dev.taxon.serving.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.serving.batching.OverloadedException;
import dev.taxon.serving.http.ProblemException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class UploadRoomTest {
    private static final UUID ACME = new UUID(0, 1);
    private static final UUID GLOBEX = new UUID(0, 2);
    private static final UUID INITECH = new UUID(0, 3);

    private final UploadRoom room = new UploadRoom(3, 2);

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
    void isFreeAgainAfterAFailure() {
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> inside(ACME, () -> {
                        throw new IllegalStateException("broken off");
                    }))
                    .hasMessage("broken off");
        }
        inside(ACME, () -> inside(ACME, () -> {}));
    }

    private void inside(UUID tenant, Runnable work) {
        room.receive(tenant, () -> {
            work.run();
            return true;
        });
    }
}
