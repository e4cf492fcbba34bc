package dev.taxon.serving.model;

import dev.taxon.core.Classifier;
import dev.taxon.core.Classifiers;
import dev.taxon.core.EngineOptions;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.models.BuiltInModels;
import dev.taxon.serving.config.TaxonSettings;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Loads the model that the settings name. */
final class ModelProducer {
    ModelProducer() {}

    @Produces
    @Singleton
    static Classifier classifier(TaxonSettings settings) {
        EngineOptions defaults = EngineOptions.defaults()
                .withDevice(settings.device())
                .keeping(settings.caches().adapterBytes(), settings.caches().labelBytes());
        EngineOptions options =
                settings.precision().precision().map(defaults::withPrecision).orElse(defaults);
        try (Checkpoint checkpoint = settings.model().map(Checkpoints::open).orElseGet(BuiltInModels::taxonSmall)) {
            return Classifiers.open(checkpoint, options);
        }
    }

    static void close(@Disposes Classifier classifier) {
        classifier.close();
    }
}
