package dev.taxon.serving.metrics;

import dev.taxon.core.CacheStatistics;
import dev.taxon.core.Classifier;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Shows what a base model's classifier keeps for the next request, and how often that serves: {@code base} is the model's
 * name, {@code cache} which of its caches.
 */
public final class CacheMetrics {
    private final MeterRegistry registry;
    private final Tags base;

    public CacheMetrics(MeterRegistry registry, String base) {
        this.registry = registry;
        this.base = MetricNames.ofBase(base);
    }

    /** Shows this classifier's caches from now on. */
    public void watch(Classifier classifier) {
        watch("adapters", classifier, Classifier::adapterStatistics);
        watch("labels", classifier, Classifier::labelStatistics);
    }

    private void watch(String cache, Classifier classifier, Function<Classifier, CacheStatistics> of) {
        count(cache, MetricNames.CACHE_HITS, "Look-ups that found it.", classifier, of, CacheStatistics::hits);
        count(cache, MetricNames.CACHE_MISSES, "Look-ups that did not.", classifier, of, CacheStatistics::misses);
        count(
                cache,
                MetricNames.CACHE_LOADED,
                "Bytes loaded for misses.",
                classifier,
                of,
                CacheStatistics::bytesLoaded);
        show(cache, MetricNames.CACHE_ENTRIES, "Entries held now.", classifier, of, CacheStatistics::entries);
        show(cache, MetricNames.CACHE_BYTES, "Bytes held now.", classifier, of, CacheStatistics::bytes);
    }

    private void count(
            String cache,
            String name,
            String description,
            Classifier classifier,
            Function<Classifier, CacheStatistics> of,
            ToDoubleFunction<CacheStatistics> figure) {
        FunctionCounter.builder(name, classifier, watched -> figure.applyAsDouble(of.apply(watched)))
                .tags(base.and("cache", cache))
                .description(description)
                .register(registry);
    }

    private void show(
            String cache,
            String name,
            String description,
            Classifier classifier,
            Function<Classifier, CacheStatistics> of,
            ToDoubleFunction<CacheStatistics> figure) {
        Gauge.builder(name, classifier, watched -> figure.applyAsDouble(of.apply(watched)))
                .tags(base.and("cache", cache))
                .description(description)
                .register(registry);
    }
}
