package dev.taxon.serving.worker;

import dev.taxon.core.Classifier;
import dev.taxon.core.Classifiers;
import dev.taxon.core.EngineOptions;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.serving.adapter.AdapterBase;
import dev.taxon.serving.adapter.AdapterReference;
import dev.taxon.serving.adapter.AdapterVersions;
import dev.taxon.serving.config.TaxonSettings;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The classifier of jobs that need one: loaded for a job and freed after it, since a worker rests most of the time. */
@Singleton
final class Engine {
    private final AdapterBase base;
    private final AdapterVersions versions;
    private final TaxonSettings settings;

    Engine(AdapterBase base, AdapterVersions versions, TaxonSettings settings) {
        this.base = base;
        this.versions = versions;
        this.settings = settings;
    }

    /** Loads the model; the caller closes it. */
    Classifier open() {
        EngineOptions defaults = EngineOptions.defaults()
                .withDevice(settings.device())
                .keeping(settings.caches().adapterBytes(), settings.caches().labelBytes());
        EngineOptions options =
                settings.precision().precision().map(defaults::withPrecision).orElse(defaults);
        try (Checkpoint checkpoint = base.open()) {
            return Classifiers.open(checkpoint, options);
        }
    }

    /** The adapter that a job names, if it names one. */
    Optional<Adapter> adapter(Task task, @Nullable String reference, Classifier classifier) {
        return Optional.ofNullable(reference).map(named -> {
            var folder = task.folder().resolve("adapter");
            versions.materialise(task.tenant(), AdapterReference.parse(named, "adapter"), folder);
            return classifier.readAdapter(folder);
        });
    }
}
