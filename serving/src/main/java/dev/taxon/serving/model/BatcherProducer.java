package dev.taxon.serving.model;

import dev.taxon.core.Classifier;
import dev.taxon.serving.batching.BatchListener;
import dev.taxon.serving.batching.BatcherSettings;
import dev.taxon.serving.batching.DynamicBatcher;
import dev.taxon.serving.batching.Ticker;
import dev.taxon.serving.config.TaxonSettings;
import dev.taxon.serving.log.FailureLog;
import dev.taxon.serving.metrics.BatchMetrics;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the batcher before the classifier. */
final class BatcherProducer {
    BatcherProducer() {}

    @Produces
    @Singleton
    static DynamicBatcher batcher(
            Classifier classifier,
            BatcherSettings batching,
            TaxonSettings settings,
            Ticker ticker,
            BatchMetrics metrics) {
        DynamicBatcher batcher = new DynamicBatcher(
                classifier::score,
                batching,
                ticker,
                BatchListener.both(metrics, new FailureLog()),
                settings.batching().drain());
        metrics.watch(batcher);
        return batcher;
    }

    static void stop(@Disposes DynamicBatcher batcher) {
        batcher.close();
    }
}
