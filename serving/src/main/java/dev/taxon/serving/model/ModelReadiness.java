package dev.taxon.serving.model;

import dev.taxon.serving.config.Role;
import dev.taxon.serving.config.TaxonSettings;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once every base is loaded, for as long as batches are formed for each; says which. A worker needs none. */
@Readiness
@Singleton
final class ModelReadiness implements HealthCheck {
    private final Set<Role> roles;
    private final Instance<Bases> bases;

    ModelReadiness(TaxonSettings settings, Instance<Bases> bases) {
        this.roles = settings.roles();
        this.bases = bases;
    }

    @Override
    public HealthCheckResponse call() {
        return roles.contains(Role.API) ? models(bases.get().all()) : HealthCheckResponse.up("model");
    }

    private static HealthCheckResponse models(List<Base> bases) {
        return HealthCheckResponse.named("model")
                .status(bases.stream().allMatch(base -> base.batcher().alive()))
                .withData("name", bases.stream().map(Base::name).collect(Collectors.joining(", ")))
                .withData("precision", bases.get(0).classifier().precision().name())
                .build();
    }
}
