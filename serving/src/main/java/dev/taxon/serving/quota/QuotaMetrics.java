package dev.taxon.serving.quota;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** Counts what quotas refuse, by the name of the quota. Thread-safe. */
@Singleton
final class QuotaMetrics {
    static final String REFUSALS = "taxon.quota.refusals";

    private final MeterRegistry registry;

    QuotaMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Something was refused for this quota, named as operators set it. */
    void refused(String quota) {
        Counter.builder(REFUSALS)
                .tag("quota", quota)
                .description("What was refused for a quota.")
                .register(registry)
                .increment();
    }
}
