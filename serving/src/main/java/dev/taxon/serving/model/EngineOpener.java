package dev.taxon.serving.model;

import dev.taxon.core.Classifier;
import dev.taxon.core.Classifiers;
import dev.taxon.core.EngineOptions;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.serving.config.TaxonSettings;
import jakarta.inject.Singleton;

/** Loads checkpoints with the engine. */
@Singleton
final class EngineOpener implements ClassifierOpener {
    private final EngineOptions options;

    EngineOpener(TaxonSettings settings) {
        EngineOptions defaults = EngineOptions.defaults()
                .withDevice(settings.device())
                .keeping(settings.caches().adapterBytes(), settings.caches().labelBytes());
        this.options =
                settings.precision().precision().map(defaults::withPrecision).orElse(defaults);
    }

    @Override
    public Classifier open(Checkpoint checkpoint) {
        return Classifiers.open(checkpoint, options);
    }
}
