package dev.taxon.serving.health;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Tells a node that stops from one that cannot answer: it is no longer ready and says {@code draining}, for as long as
 * {@code quarkus.shutdown.delay}, in which it still takes calls that were sent before anybody knew; then it ends those under
 * way. Thread-safe.
 */
@Readiness
@Singleton
final class DrainReadiness implements HealthCheck {
    private volatile boolean draining;

    DrainReadiness() {}

    void drain(@Observes ShutdownDelayInitiatedEvent stopping) {
        draining = true;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("node")
                .status(!draining)
                .withData("state", draining ? "draining" : "ready")
                .build();
    }
}
