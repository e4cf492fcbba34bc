package dev.taxon.serving.adapter;

import dev.taxon.core.CacheStatistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.function.ToDoubleFunction;

/** Shows what of adapters is in this node's memory, and how often that serves. */
@Singleton
final class ContentMetrics {
    private static final String NAME = "taxon.adapter.memory.";

    private final MeterRegistry registry;

    ContentMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Shows this cache from now on. */
    void watch(ContentCache cache) {
        count(cache, "hits", "Look-ups that found an adapter in memory.", CacheStatistics::hits);
        count(cache, "misses", "Look-ups that read one from the database.", CacheStatistics::misses);
        count(cache, "loaded.bytes", "Bytes of adapters read for these.", CacheStatistics::bytesLoaded);
        show(cache, "entries", "Adapters in memory now.", CacheStatistics::entries);
        show(cache, "bytes", "Bytes of adapters in memory now.", CacheStatistics::bytes);
    }

    private void count(ContentCache cache, String what, String description, ToDoubleFunction<CacheStatistics> figure) {
        FunctionCounter.builder(NAME + what, cache, watched -> figure.applyAsDouble(watched.statistics()))
                .description(description)
                .register(registry);
    }

    private void show(ContentCache cache, String what, String description, ToDoubleFunction<CacheStatistics> figure) {
        Gauge.builder(NAME + what, cache, watched -> figure.applyAsDouble(watched.statistics()))
                .description(description)
                .register(registry);
    }
}
