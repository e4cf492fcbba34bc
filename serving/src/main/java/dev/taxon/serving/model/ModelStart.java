package dev.taxon.serving.model;

import dev.taxon.core.Classifier;
import dev.taxon.serving.batching.DynamicBatcher;
import dev.taxon.serving.config.Role;
import dev.taxon.serving.config.TaxonSettings;
import dev.taxon.serving.metrics.CacheMetrics;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.util.Locale;
import org.jboss.logging.Logger;

/** Loads the model before the server takes its first call, where it takes any. */
final class ModelStart {
    private static final Logger LOG = Logger.getLogger(ModelStart.class);

    ModelStart() {}

    void load(
            @Observes StartupEvent event,
            TaxonSettings settings,
            Instance<DynamicBatcher> batcher,
            Instance<Classifier> classifier,
            CacheMetrics metrics) {
        if (settings.roles().contains(Role.API)) {
            batcher.get();
            load(classifier.get(), metrics);
        }
    }

    private static void load(Classifier classifier, CacheMetrics metrics) {
        metrics.watch(classifier);
        // Loading leaves hundreds of megabytes behind, in the heap and outside, which a heap that is idle from now on
        // would not collect for hours.
        System.gc();
        LOG.infof(
                "Serving %s in %s",
                classifier.name(), classifier.precision().name().toLowerCase(Locale.ROOT));
    }
}
