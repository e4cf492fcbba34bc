package dev.taxon.serving.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Counts attempts to deliver events, by what came of them. Thread-safe. */
@Singleton
final class DeliveryMetrics {
    static final String DELIVERIES = "taxon.webhook.deliveries";

    private final Map<Result, Counter> attempts = new EnumMap<>(Result.class);

    /** Counts from nothing: a rate needs a series that was there before what it is to tell of. */
    DeliveryMetrics(MeterRegistry registry) {
        for (Result result : Result.values()) {
            attempts.put(
                    result,
                    Counter.builder(DELIVERIES)
                            .tag("result", result.name().toLowerCase(Locale.ROOT))
                            .description("Attempts to deliver events to webhooks.")
                            .register(registry));
        }
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
        Objects.requireNonNull(attempts.get(result)).increment();
    }
}
