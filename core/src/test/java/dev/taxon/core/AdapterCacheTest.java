package dev.taxon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.AdapterReference;
import dev.taxon.core.adapter.AdapterSettings;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.CheckpointException;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.core.checkpoint.OracleFolders;
import dev.taxon.core.model.AdapterCache;
import dev.taxon.core.model.ResidentAdapter;
import dev.taxon.core.model.ScoringModel;
import dev.taxon.core.model.ScoringModels;
import dev.taxon.core.torch.Precision;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real adapters of a real model, whose native memory the cache owns. */
class AdapterCacheTest {
    private static final List<String> NAMES = List.of("attention-r4", "heads-only-r2", "rank-pattern");

    private static Classifier classifier;
    private static ScoringModel model;

    @BeforeAll
    static void load() {
        classifier = TinyModels.oracle(OracleFolders.SIMPLE_FIRST);
        try (Checkpoint checkpoint = Checkpoints.open(OracleFolders.path(OracleFolders.SIMPLE_FIRST))) {
            model = ScoringModels.load(checkpoint, Precision.FP32, ai.djl.Device.cpu(), 1 << 20);
        }
    }

    @AfterAll
    static void close() {
        classifier.close();
        model.close();
    }

    @Test
    void loadsEachOnceAndDropsTheLeastRecentlyUsed() {
        long two = bytes(0) + bytes(1);
        try (AdapterCache cache = cache(two)) {
            cache.pin(reference(0)).close();
            cache.pin(reference(1)).close();
            cache.pin(reference(0)).close();
            assertThat(cache.statistics().misses()).isEqualTo(2);
            assertThat(cache.statistics().hits()).isEqualTo(1);
            assertThat(cache.statistics().bytes()).isEqualTo(two);

            cache.pin(reference(2)).close();
            assertThat(cache.statistics().bytes()).isLessThanOrEqualTo(two);
            cache.pin(reference(1)).close();
            assertThat(cache.statistics().misses()).isEqualTo(4);
        }
    }

    @Test
    void whatIsPinnedStaysBeyondTheBudgetUntilItIsReleased() {
        try (AdapterCache cache = cache(1)) {
            AdapterCache.Pin first = cache.pin(reference(0));
            AdapterCache.Pin second = cache.pin(reference(1));
            assertThat(first.adapter().digest()).isEqualTo(reference(0).digest());
            assertThat(cache.statistics().entries()).isEqualTo(2);
            first.close();
            assertThat(cache.statistics().entries()).isEqualTo(1);
            second.close();
            assertThat(cache.statistics().bytes()).isZero();
        }
    }

    @Test
    void whatDoesNotLoadIsTriedAgain() {
        AtomicInteger tries = new AtomicInteger();
        AdapterReference broken = new AdapterReference("broken", AdapterSettings.NONE, () -> {
            tries.incrementAndGet();
            throw new CheckpointException("gone");
        });
        try (AdapterCache cache = cache(1 << 20)) {
            assertThatThrownBy(() -> cache.pin(broken)).isInstanceOf(CheckpointException.class);
            assertThatThrownBy(() -> cache.pin(broken)).hasMessage("gone");
            assertThat(tries).hasValue(2);
            assertThat(cache.statistics().entries()).isZero();
        }
    }

    @Test
    void closingWaitsForWhatIsBeingLoadedAndFreesIt() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicReference<ResidentAdapter> loaded = new AtomicReference<>();
        AdapterReference slow = new AdapterReference(adapter(0).digest(), AdapterSettings.NONE, () -> {
            begun.countDown();
            await(mayEnd);
            return adapter(0);
        });
        AdapterCache cache = new AdapterCache(1 << 20, reference -> {
            loaded.set(model.prepareAdapter(reference.read()));
            return loaded.get();
        });
        CompletableFuture<Void> pinning =
                CompletableFuture.runAsync(() -> cache.pin(slow).close());
        await(begun);
        CompletableFuture<Boolean> closing = CompletableFuture.supplyAsync(() -> {
            cache.close();
            return loaded.get() != null;
        });
        // Time for a close that does not wait.
        Thread.sleep(100);
        mayEnd.countDown();
        assertThat(closing.get(30, TimeUnit.SECONDS)).isTrue();
        pinning.get(30, TimeUnit.SECONDS);
        assertThat(Objects.requireNonNull(loaded.get()).tensors().isReleased()).isTrue();
    }

    @Test
    void nothingIsLoadedOnceItIsClosed() {
        AtomicInteger loads = new AtomicInteger();
        AdapterCache cache = new AdapterCache(1 << 20, reference -> {
            loads.incrementAndGet();
            return model.prepareAdapter(reference.read());
        });
        cache.close();
        assertThatThrownBy(() -> cache.pin(reference(0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThat(loads).hasValue(0);
    }

    @Test
    void aColdAdapterIsOneMissAndNoHitHoweverOftenItsRowIsPinned() {
        try (Classifier fresh = TinyModels.oracle(OracleFolders.SIMPLE_FIRST)) {
            ClassificationInput input =
                    ClassificationInput.of("a text", List.of("a", "b")).withAdapter(reference(0));
            fresh.classify(List.of(input));
            assertThat(fresh.adapterStatistics().misses()).isEqualTo(1);
            assertThat(fresh.adapterStatistics().hits()).isZero();
            fresh.classify(List.of(input));
            assertThat(fresh.adapterStatistics().hits()).isEqualTo(1);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static AdapterCache cache(long budget) {
        return new AdapterCache(budget, reference -> model.prepareAdapter(reference.read()));
    }

    private static Adapter adapter(int number) {
        return classifier.readAdapter(OracleFolders.adapter(OracleFolders.SIMPLE_FIRST, NAMES.get(number)));
    }

    private static AdapterReference reference(int number) {
        return adapter(number).reference();
    }

    private static long bytes(int number) {
        try (var resident = model.prepareAdapter(adapter(number))) {
            return resident.bytes();
        }
    }
}
