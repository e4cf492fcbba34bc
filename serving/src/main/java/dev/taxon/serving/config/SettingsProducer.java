package dev.taxon.serving.config;

import dev.taxon.serving.batching.BatcherSettings;
import dev.taxon.serving.batching.Ticker;
import dev.taxon.serving.batching.Waits;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Hands each part of the server the settings that are its own. */
final class SettingsProducer {
    SettingsProducer() {}

    @Produces
    @Singleton
    static LimitSettings limits(TaxonSettings settings) {
        return settings.limits();
    }

    @Produces
    @Singleton
    static BatcherSettings batching(TaxonSettings settings) {
        TaxonSettings.Batching batching = settings.batching();
        return new BatcherSettings(
                batching.tokenBudget(),
                batching.rowLimit(),
                batching.batchTime(),
                new Waits(batching.longestWait(), batching.usualWait(), batching.overflowWait()));
    }

    @Produces
    @Singleton
    static Ticker ticker() {
        return System::nanoTime;
    }
}
