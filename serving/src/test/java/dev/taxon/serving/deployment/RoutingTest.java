package dev.taxon.serving.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RoutingTest {
    private static final UUID ADAPTER = new UUID(1, 2);

    @Test
    void spreadsKeysEvenly() {
        for (int percent : new int[] {1, 5, 50, 95}) {
            long below = IntStream.range(0, 20_000)
                    .filter(key -> Routing.percentile(ADAPTER, "key-" + key) < percent)
                    .count();
            assertThat(below / 200.0).isBetween(percent - 1.0, percent + 1.0);
        }
    }

    @Test
    void isTheSameForTheSameKeyAndAnotherForAnotherAdapter() {
        UUID other = new UUID(3, 4);
        assertThat(Routing.percentile(ADAPTER, "user-1")).isEqualTo(Routing.percentile(ADAPTER, "user-1"));
        long equal = IntStream.range(0, 1_000)
                .filter(key -> Routing.percentile(ADAPTER, "key-" + key) == Routing.percentile(other, "key-" + key))
                .count();
        assertThat(equal).isLessThan(50);
    }
}
