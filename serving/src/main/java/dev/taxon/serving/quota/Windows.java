package dev.taxon.serving.quota;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.taxon.sdk.wire.QuotaLimits;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The windows that tenants are in now. Thread-safe. */
final class Windows {
    /** One that is forgotten loses its lease and no more. */
    private static final int MOST = 100_000;

    private final Cache<Key, Window> windows =
            Caffeine.newBuilder().maximumSize(MOST).build();
    private final LeaseSource leases;
    private final Clock clock;

    Windows(LeaseSource leases, Clock clock) {
        this.leases = leases;
        this.clock = clock;
    }

    /** The current window of every allowance that is limited. */
    List<Limited> current(UUID tenant, QuotaLimits limits) {
        return EnumSet.allOf(Allowance.class).stream()
                .flatMap(allowance -> current(tenant, allowance, allowance.limit(limits)))
                .toList();
    }

    private Stream<Limited> current(UUID tenant, Allowance allowance, @Nullable Long limit) {
        if (limit == null) {
            return Stream.empty();
        }
        Instant start = allowance.start(clock.instant());
        Window window = windows.asMap()
                .compute(
                        new Key(tenant, allowance),
                        (key, known) -> known != null && known.is(start, limit)
                                ? known
                                : new Window(tenant, allowance, start, limit, leases));
        return Stream.of(new Limited(allowance, window));
    }

    /** An allowance that is limited, and its window. */
    record Limited(Allowance allowance, Window window) {}

    private record Key(UUID tenant, Allowance allowance) {}
}
