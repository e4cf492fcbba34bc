package dev.taxon.serving.tenant;

import dev.taxon.serving.config.TaxonSettings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/** Makes the tenant's classes available for injection; they know nothing of it. */
final class TenantProducer {
    TenantProducer() {}

    @Produces
    @Singleton
    static KeyVerifier verifier(DataSource dataSource, TaxonSettings settings) {
        return new KeyVerifier(dataSource, settings.keys().remembered());
    }

    @Produces
    @Singleton
    static OperatorKeys operators(DataSource dataSource) {
        return new OperatorKeys(dataSource);
    }

    @Produces
    @Singleton
    static TenantKeys keys(DataSource dataSource) {
        return new TenantKeys(dataSource);
    }
}
