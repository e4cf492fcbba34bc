package dev.taxon.serving.model;

import dev.taxon.core.Classifier;
import dev.taxon.serving.batching.DynamicBatcher;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once there is a classifier, for as long as batches are formed for it; says which it is. */
@Readiness
@Singleton
final class ModelReadiness implements HealthCheck {
    private final Classifier classifier;
    private final DynamicBatcher batcher;

    ModelReadiness(Classifier classifier, DynamicBatcher batcher) {
        this.classifier = classifier;
        this.batcher = batcher;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("model")
                .status(batcher.alive())
                .withData("name", classifier.name())
                .withData("precision", classifier.precision().name())
                .build();
    }
}
