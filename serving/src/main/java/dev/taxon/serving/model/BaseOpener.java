package dev.taxon.serving.model;

import dev.taxon.core.Classifier;
import dev.taxon.serving.batching.BatchListener;
import dev.taxon.serving.batching.BatchQueue;
import dev.taxon.serving.batching.BatcherSettings;
import dev.taxon.serving.batching.DynamicBatcher;
import dev.taxon.serving.batching.Ticker;
import dev.taxon.serving.config.TaxonSettings;
import dev.taxon.serving.log.FailureLog;
import dev.taxon.serving.metrics.BatchMetrics;
import dev.taxon.serving.metrics.CacheMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Loads a base, puts a batcher before it, and has both counted under the base's name. All bases are on one device, hence in
 * one queue.
 */
@Singleton
final class BaseOpener {
    private final ClassifierOpener opener;
    private final BatcherSettings batching;
    private final BatchQueue queue;
    private final Duration drain;
    private final MeterRegistry registry;

    BaseOpener(
            ClassifierOpener opener,
            BatcherSettings batching,
            TaxonSettings settings,
            Ticker ticker,
            MeterRegistry registry) {
        this.opener = opener;
        this.batching = batching;
        this.queue = new BatchQueue(batching, ticker);
        this.drain = settings.batching().drain();
        this.registry = registry;
    }

    Base open(BaseCheckpoint checkpoint) {
        Classifier classifier = opener.open(checkpoint);
        BatchMetrics metrics = new BatchMetrics(registry, classifier.name(), batching);
        DynamicBatcher batcher = new DynamicBatcher(
                new ClassifierScorer(classifier), queue, BatchListener.both(metrics, new FailureLog()), drain);
        metrics.watch(batcher);
        new CacheMetrics(registry, classifier.name()).watch(classifier);
        return new Base(checkpoint, classifier, batcher);
    }
}
