package dev.taxon.serving.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Locale;

/** Counts attempts to deliver events, by what came of them. Thread-safe. */
@Singleton
final class DeliveryMetrics {
    static final String DELIVERIES = "taxon.webhook.deliveries";

    private final MeterRegistry registry;

    DeliveryMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** What comes of an attempt. */
    enum Result {
        DELIVERED,
        /** It is tried again. */
        FAILED,
        /** It is not tried again, a day after the event. */
        GIVEN_UP
    }

    void attempted(Result result) {
        Counter.builder(DELIVERIES)
                .tag("result", result.name().toLowerCase(Locale.ROOT))
                .description("Attempts to deliver events to webhooks.")
                .register(registry)
                .increment();
    }
}
