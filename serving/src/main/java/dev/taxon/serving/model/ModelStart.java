package dev.taxon.serving.model;

import dev.taxon.serving.config.Role;
import dev.taxon.serving.config.TaxonSettings;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.util.Locale;
import org.jboss.logging.Logger;

/** Loads the models before the server takes its first call, where it takes any; elsewhere it looks at their names. */
final class ModelStart {
    private static final Logger LOG = Logger.getLogger(ModelStart.class);

    ModelStart() {}

    void load(
            @Observes StartupEvent event, TaxonSettings settings, BaseCheckpoints checkpoints, Instance<Bases> bases) {
        try {
            look(settings, checkpoints, bases);
        } finally {
            EarlyModel.forget();
        }
    }

    private static void look(TaxonSettings settings, BaseCheckpoints checkpoints, Instance<Bases> bases) {
        if (settings.roles().contains(Role.API)) {
            bases.get().all().forEach(ModelStart::tell);
            // Loading leaves hundreds of megabytes behind, in the heap and outside, which a heap that is idle from now
            // on
            // would not collect for hours.
            System.gc();
        } else {
            checkpoints.requireDistinct();
        }
    }

    private static void tell(Base base) {
        LOG.infof(
                "Serving %s in %s",
                base.name(), base.classifier().precision().name().toLowerCase(Locale.ROOT));
    }
}
