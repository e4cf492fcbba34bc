package dev.taxon.serving.metrics;

import dev.taxon.core.CacheStatistics;
import dev.taxon.core.Classifier;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Shows what a base model's classifier keeps for the next request, and how often that serves: {@code base} is the model's
 * name, {@code cache} which of its caches.
 */
public final class CacheMetrics {
    private static final List<Figure> COUNTED = List.of(
            new Figure(MetricNames.CACHE_HITS, "Look-ups that found it.", CacheStatistics::hits),
            new Figure(MetricNames.CACHE_MISSES, "Look-ups that did not.", CacheStatistics::misses),
            new Figure(MetricNames.CACHE_LOADED, "Bytes loaded for misses.", CacheStatistics::bytesLoaded));
    private static final List<Figure> HELD = List.of(
            new Figure(MetricNames.CACHE_ENTRIES, "Entries held now.", CacheStatistics::entries),
            new Figure(MetricNames.CACHE_BYTES, "Bytes held now.", CacheStatistics::bytes));

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
        Tags tags = base.and("cache", cache);
        COUNTED.forEach(counted -> FunctionCounter.builder(counted.name(), classifier, counted.of(of))
                .tags(tags)
                .description(counted.description())
                .register(registry));
        HELD.forEach(held -> Gauge.builder(held.name(), classifier, held.of(of))
                .tags(tags)
                .description(held.description())
                .register(registry));
    }

    private record Figure(String name, String description, ToDoubleFunction<CacheStatistics> figure) {
        ToDoubleFunction<Classifier> of(Function<Classifier, CacheStatistics> cache) {
            return classifier -> figure.applyAsDouble(cache.apply(classifier));
        }
    }
}
