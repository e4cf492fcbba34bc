package dev.taxon.serving.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.core.CacheStatistics;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.AdapterSettings;
import dev.taxon.core.adapter.LowRankUpdate;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ContentCacheTest {
    private static final UUID ACME = new UUID(0, 1);
    private static final UUID GLOBEX = new UUID(0, 2);
    private static final int NUMBERS = 100;

    private final AtomicInteger loads = new AtomicInteger();
    /** Room for four, of which a tenant may keep two when others want them. */
    private final ContentCache cache = new ContentCache(4 * NUMBERS * Float.BYTES, 2 * NUMBERS * Float.BYTES);

    @Test
    void loadsOnce() {
        get(ACME, "a");
        assertThat(get(GLOBEX, "a").digest()).isEqualTo("a");
        assertThat(loads).hasValue(1);
    }

    @Test
    void dropsWhatIsBeyondATenantsShareAndNothingOfOthers() {
        get(GLOBEX, "theirs");
        get(ACME, "a");
        get(ACME, "b");
        get(ACME, "c");
        get(GLOBEX, "also theirs");
        assertThat(loads).hasValue(5);
        get(GLOBEX, "theirs");
        get(ACME, "b");
        get(ACME, "c");
        assertThat(loads).hasValue(5);
        get(ACME, "a");
        assertThat(loads).hasValue(6);
    }

    @Test
    void countsLookUpsAndWhatItHolds() {
        get(ACME, "a");
        get(ACME, "a");
        get(GLOBEX, "b");

        long bytes = NUMBERS * Float.BYTES;
        assertThat(cache.statistics()).isEqualTo(new CacheStatistics(1, 2, 2 * bytes, 2, 2 * bytes));
    }

    @Test
    void triesAgainAfterAFailure() {
        assertThatThrownBy(() -> cache.get(ACME, "a", () -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
        assertThat(get(ACME, "a").digest()).isEqualTo("a");
    }

    /** It may be theirs that is damaged, under a name that nobody else may read. */
    @Test
    void whatFailsForOneTenantIsTriedAgainForAnother() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Adapter> slow = new CompletableFuture<>();
        CompletableFuture<Adapter> theirs = CompletableFuture.supplyAsync(() -> cache.get(ACME, "same", () -> {
            begun.countDown();
            return slow.join();
        }));
        begun.await();
        CompletableFuture<Adapter> own = CompletableFuture.supplyAsync(() -> get(GLOBEX, "same"));
        assertThat(own).isNotDone();
        slow.completeExceptionally(new IllegalStateException("theirs"));

        assertThat(own.join().digest()).isEqualTo("same");
        assertThatThrownBy(theirs::join).hasRootCauseMessage("theirs");
    }

    @Test
    void nobodyWaitsForALoadWhoAsksForAnother() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Adapter> slow = new CompletableFuture<>();
        CompletableFuture<Adapter> waiting = CompletableFuture.supplyAsync(() -> cache.get(ACME, "slow", () -> {
            begun.countDown();
            return slow.join();
        }));
        begun.await();
        assertThat(get(ACME, "fast").digest()).isEqualTo("fast");
        assertThat(waiting).isNotDone();
        slow.complete(adapter("slow"));
        assertThat(waiting.join().digest()).isEqualTo("slow");
    }

    private Adapter get(UUID tenant, String digest) {
        return cache.get(tenant, digest, () -> {
            loads.incrementAndGet();
            return adapter(digest);
        });
    }

    private static Adapter adapter(String digest) {
        LowRankUpdate update = new LowRankUpdate(
                1,
                NUMBERS / 2,
                NUMBERS / 2,
                FloatBuffer.allocate(NUMBERS / 2),
                FloatBuffer.allocate(NUMBERS / 2),
                null);
        return new Adapter(digest, AdapterSettings.NONE, Map.of("layer", update), Optional.empty());
    }
}
