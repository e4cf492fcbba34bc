package dev.taxon.serving.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Times what a classification spends where, and counts texts by tenant as far as there are few. Thread-safe. */
@Singleton
public final class RequestMetrics {
    /** Beyond so many tenants a series each would cost more than it tells. */
    private static final int MOST_TENANTS = 100;

    private static final String OTHERS = "others";

    private final MeterRegistry registry;
    private final Timer tokenise;
    private final Timer total;
    private final ConcurrentMap<UUID, Counter> texts = new ConcurrentHashMap<>();

    RequestMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.tokenise = BatchMetrics.timer(
                registry, MetricNames.TOKENISE, "How long a request's texts took to tokenise.", Tags.empty());
        this.total = BatchMetrics.timer(
                registry,
                MetricNames.REQUEST,
                "From a request's being read to its answer's being ready.",
                Tags.empty());
    }

    /** A request's texts were tokenised in this time. */
    public void tokenised(long nanos) {
        tokenise.record(Duration.ofNanos(nanos));
    }

    /** So many texts of a tenant were answered after this time. */
    public void answered(UUID tenant, int count, long nanos) {
        total.record(Duration.ofNanos(nanos));
        counter(tenant).increment(count);
    }

    private Counter counter(UUID tenant) {
        Counter known = texts.get(tenant);
        if (known != null) {
            return known;
        }
        return texts.size() < MOST_TENANTS
                ? texts.computeIfAbsent(tenant, own -> counter(own.toString()))
                : counter(OTHERS);
    }

    private Counter counter(String tenant) {
        return Counter.builder(MetricNames.TENANT_TEXTS)
                .tag("tenant", tenant)
                .description("Texts answered, by tenant; the first hundred that a node meets have a series each.")
                .register(registry);
    }
}
