package dev.taxon.serving.model;

import dev.taxon.core.Classifier;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once there is a classifier, and says which. */
@Readiness
@Singleton
final class ModelReadiness implements HealthCheck {
    private final Classifier classifier;

    ModelReadiness(Classifier classifier) {
        this.classifier = classifier;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("model")
                .up()
                .withData("name", classifier.name())
                .withData("precision", classifier.precision().name())
                .build();
    }
}
