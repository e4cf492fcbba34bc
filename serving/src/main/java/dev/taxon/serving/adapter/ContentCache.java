package dev.taxon.serving.adapter;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.taxon.core.CacheStatistics;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.LowRankUpdate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Adapters in memory by digest, within a budget of bytes. Once it is full, what has to go is of tenants that brought in more
 * than a share, before anyone else's. Loading happens on the thread that asks, once however many ask. Thread-safe.
 */
final class ContentCache {
    private final AsyncCache<String, Held> cache;
    private final TenantShares shares;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder bytesLoaded = new LongAdder();

    /**
     * An empty cache.
     *
     * @param budget the most bytes
     * @param share the most bytes that one tenant may keep when others want them
     */
    ContentCache(long budget, long share) {
        this.shares = new TenantShares(budget, share);
        this.cache = Caffeine.newBuilder()
                .maximumWeight(budget)
                .weigher((String digest, Held held) -> (int) Math.min(Integer.MAX_VALUE, held.bytes()))
                .executor(Runnable::run)
                .removalListener(
                        (@Nullable String digest, @Nullable Held held, RemovalCause cause) -> forget(digest, held))
                .buildAsync();
    }

    private record Held(UUID tenant, Adapter adapter, long bytes) {}

    /** A load that failed, and whose it was: what is another tenant's may be damaged, or refused, and one's own not. */
    private static final class FailedLoad extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final UUID tenant;

        FailedLoad(UUID tenant, Throwable cause) {
            super(null, cause, false, false);
            this.tenant = tenant;
        }
    }

    /** The adapter of this digest, loaded by {@code loader} where it is not there. What that throws is thrown here. */
    Adapter get(UUID tenant, String digest, Supplier<Adapter> loader) {
        while (true) {
            CompletableFuture<Held> own = new CompletableFuture<>();
            CompletableFuture<Held> known = cache.asMap().putIfAbsent(digest, own);
            (known == null ? misses : hits).increment();
            if (known == null) {
                complete(own, tenant, digest, loader);
            } else {
                shares.touch(tenant, digest);
            }
            try {
                return (known == null ? own : known).join().adapter();
            } catch (CompletionException failed) {
                throwUnlessAnothers(tenant, failed);
            }
        }
    }

    private static void throwUnlessAnothers(UUID tenant, CompletionException failed) {
        if (failed.getCause() instanceof FailedLoad load && !load.tenant.equals(tenant)) {
            return;
        }
        Throwable cause = failed.getCause() instanceof FailedLoad load ? load.getCause() : failed;
        throw cause instanceof RuntimeException failure ? failure : new CompletionException(cause);
    }

    /** What it was asked, and what it holds now. */
    CacheStatistics statistics() {
        var held = cache.synchronous();
        long bytes = held.policy()
                .eviction()
                .map(eviction -> eviction.weightedSize().orElse(0))
                .orElse(0L);
        return new CacheStatistics(hits.sum(), misses.sum(), bytesLoaded.sum(), held.estimatedSize(), bytes);
    }

    private void complete(CompletableFuture<Held> own, UUID tenant, String digest, Supplier<Adapter> loader) {
        try {
            Adapter adapter = loader.get();
            Held held = new Held(tenant, adapter, bytes(adapter));
            bytesLoaded.add(held.bytes());
            // Before it is there to be dropped, and room before it takes any: what it drops is not the cache's to
            // choose.
            List<String> gone = shares.add(tenant, digest, held.bytes());
            gone.forEach(other -> cache.synchronous().invalidate(other));
            own.complete(held);
        } catch (RuntimeException | Error failure) {
            own.completeExceptionally(new FailedLoad(tenant, failure));
        }
    }

    private void forget(@Nullable String digest, @Nullable Held held) {
        if (digest != null && held != null) {
            shares.remove(held.tenant(), digest);
        }
    }

    private static long bytes(Adapter adapter) {
        return Float.BYTES
                * adapter.updates().values().stream()
                        .mapToLong(LowRankUpdate::size)
                        .sum();
    }
}
