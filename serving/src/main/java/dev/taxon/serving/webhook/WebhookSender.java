package dev.taxon.serving.webhook;

import dev.taxon.serving.config.TaxonSettings;
import dev.taxon.serving.http.CallRoom;
import dev.taxon.serving.periodic.ApiTasks;
import dev.taxon.serving.webhook.DeliveryMetrics.Result;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Looks every second for deliveries that are due and attempts them, a few at a time: receivers that do not answer hold up
 * their own tenant's events, and no other's. Every node may do so, whatever its clock says: the database tells the time.
 */
@Singleton
final class WebhookSender {
    private static final Logger LOG = Logger.getLogger(WebhookSender.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int AT_ONCE = 64;
    private static final int AT_ONCE_OF_A_TENANT = 4;
    private static final int ROUND = 4 * AT_ONCE;

    private final DeliveryStore store;
    private final Targets targets;
    private final Poster poster;
    private final DeliveryMetrics metrics;
    private final CallRoom room = new CallRoom("deliveries", AT_ONCE, AT_ONCE_OF_A_TENANT);
    private final ExecutorService attempts = Executors.newFixedThreadPool(AT_ONCE, WebhookSender::thread);

    WebhookSender(DeliveryStore store, Targets targets, Poster poster, DeliveryMetrics metrics) {
        this.store = store;
        this.targets = targets;
        this.poster = poster;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event, ApiTasks tasks, TaxonSettings settings) {
        if (settings.webhooks().send()) {
            tasks.start("webhooks", PAUSE, this::round);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        attempts.shutdownNow();
    }

    /** Begins to attempt what is due now, as far as there is room; done when these attempts have ended. */
    CompletableFuture<Void> round() {
        return CompletableFuture.allOf(store.due(ROUND, AT_ONCE_OF_A_TENANT).stream()
                .flatMap(due -> begin(due).stream())
                .toArray(CompletableFuture<?>[]::new));
    }

    private Optional<CompletableFuture<Void>> begin(DeliveryStore.Due due) {
        return room.tryEnter(due.tenant())
                .map(place -> CompletableFuture.runAsync(() -> attempt(due), attempts)
                        .whenComplete((ended, failure) -> place.close()));
    }

    private void attempt(DeliveryStore.Due due) {
        store.claim(due).ifPresent(this::attempt);
    }

    private void attempt(Delivery delivery) {
        String outcome = outcome(delivery);
        if (outcome.equals(Outcome.DELIVERED)) {
            store.end(delivery, outcome);
            metrics.attempted(Result.DELIVERED);
            return;
        }
        Optional<Duration> pause = delivery.pause();
        if (pause.isPresent()) {
            store.postpone(delivery, pause.get(), outcome);
            metrics.attempted(Result.FAILED);
        } else {
            store.end(delivery, Outcome.GIVEN_UP);
            metrics.attempted(Result.GIVEN_UP);
        }
    }

    private String outcome(Delivery delivery) {
        try {
            int status = poster.post(targets.resolve(delivery.url()), headers(delivery), delivery.event());
            return status / 100 == 2 ? Outcome.DELIVERED : "answered " + status;
        } catch (RefusedTargetException refused) {
            return "refused";
        } catch (ExecutionException | TimeoutException failure) {
            return "no answer";
        } catch (RuntimeException unforeseen) {
            // Whatever it is, the delivery has to be put off, or it would be due for ever.
            LOG.warnf("A webhook could not be posted: %s", unforeseen.getClass().getSimpleName());
            return "not sent";
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return "no answer";
        }
    }

    private static Map<String, String> headers(Delivery delivery) {
        return Map.of(
                "Content-Type",
                "application/json",
                "User-Agent",
                "taxon-webhooks",
                "X-Taxon-Delivery",
                delivery.id().toString(),
                Signature.HEADER,
                Signature.of(delivery.secret(), delivery.claimedAt(), delivery.event()));
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "webhooks");
        thread.setDaemon(true);
        return thread;
    }

    /** How deliveries end. */
    private static final class Outcome {
        static final String DELIVERED = "delivered";
        static final String GIVEN_UP = "given up";
    }
}
