package dev.taxon.serving.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One event on its way to one webhook.
 *
 * @param attempt which attempt this is, from 1
 * @param event the body, as JSON
 * @param createdAt when it happened
 */
record Delivery(UUID tenant, UUID id, int attempt, String url, byte[] secret, byte[] event, Instant createdAt) {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(4);
    private static final Duration PATIENCE = Duration.ofDays(1);

    Delivery {
        secret = secret.clone();
        event = event.clone();
    }

    /** When to try again after this attempt, each time after twice the pause; empty once a day has passed. */
    Optional<Instant> next(Instant now) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 20));
        Instant next = now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
        return Optional.of(next).filter(moment -> moment.isBefore(createdAt.plus(PATIENCE)));
    }
}
