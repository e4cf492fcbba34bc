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
 * @param createdAt when it happened, by the database's clock
 * @param claimedAt when this attempt began, by the same clock
 */
record Delivery(
        UUID tenant,
        UUID id,
        int attempt,
        String url,
        byte[] secret,
        byte[] event,
        Instant createdAt,
        Instant claimedAt) {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(4);
    private static final Duration PATIENCE = Duration.ofDays(1);

    Delivery {
        secret = secret.clone();
        event = event.clone();
    }

    /** How long to wait after this attempt, each time twice as long; empty once a day will have passed. */
    Optional<Duration> pause() {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 20));
        Duration pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        return Optional.of(pause).filter(length -> claimedAt.plus(length).isBefore(createdAt.plus(PATIENCE)));
    }
}
