package dev.taxon.serving.model;

import dev.taxon.core.Classifier;
import dev.taxon.serving.batching.DynamicBatcher;
import dev.taxon.serving.config.Role;
import dev.taxon.serving.config.TaxonSettings;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Set;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once there is a classifier, for as long as batches are formed for it; says which. A worker needs none. */
@Readiness
@Singleton
final class ModelReadiness implements HealthCheck {
    private final Set<Role> roles;
    private final Instance<Classifier> classifier;
    private final Instance<DynamicBatcher> batcher;

    ModelReadiness(TaxonSettings settings, Instance<Classifier> classifier, Instance<DynamicBatcher> batcher) {
        this.roles = settings.roles();
        this.classifier = classifier;
        this.batcher = batcher;
    }

    @Override
    public HealthCheckResponse call() {
        return roles.contains(Role.API) ? model(classifier.get()) : HealthCheckResponse.up("model");
    }

    private HealthCheckResponse model(Classifier classifier) {
        return HealthCheckResponse.named("model")
                .status(batcher.get().alive())
                .withData("name", classifier.name())
                .withData("precision", classifier.precision().name())
                .build();
    }
}
