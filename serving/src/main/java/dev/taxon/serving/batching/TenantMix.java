package dev.taxon.serving.batching;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Knows whether several tenants have used the device within the last seconds. Not thread-safe. */
final class TenantMix {
    private static final long LATELY_NANOS = Duration.ofSeconds(5).toNanos();

    private @Nullable UUID last;
    private boolean mixed;
    private long mixedNanos;

    /** Rows of this tenant have come; the node's own count for none. */
    void came(Share share, long nowNanos) {
        if (share.equals(Share.HOUSE)) {
            return;
        }
        if (last != null && !last.equals(share.tenant())) {
            mixed = true;
            mixedNanos = nowNanos;
        }
        last = share.tenant();
    }

    boolean mixed(long nowNanos) {
        return mixed && nowNanos - mixedNanos < LATELY_NANOS;
    }
}
