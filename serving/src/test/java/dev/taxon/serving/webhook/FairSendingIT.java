package dev.taxon.serving.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.serving.database.Sql;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many events at once. */
@QuarkusTest
class FairSendingIT extends SendingTest {
    @Test
    void receiversThatDoNotAnswerHoldUpNobodyElsesEvents() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Receiver quick = new Receiver(200)) {
            listen("http://127.0.0.1:" + silent.getLocalPort() + "/");
            IntStream.range(0, 300).forEach(i -> happen());
            UUID patient = tenant;
            makeTenant();
            listen(quick.url());
            happen();
            WebhookSender sender = sender(true);

            var first = sender.round();
            var second = sender.round();

            while (quick.received.isEmpty()) {
                assertThat(first.isDone() && second.isDone()).isFalse();
                Thread.onSpinWait();
            }
            assertThat(attempted(patient)).isBetween(1L, 4L);
            forget(patient);
            silent.close();
            CompletableFuture.allOf(first, second).join();
        }
    }

    @Test
    void countsWhatComesOfAttempts() throws Exception {
        MeterRegistry registry = new SimpleMeterRegistry();
        WebhookSender sender = new WebhookSender(deliveries, new Targets(true), poster, new DeliveryMetrics(registry));
        try (Receiver receiver = new Receiver(500, 200)) {
            listen(receiver.url());
            happen();

            sender.round().join();
            assertThat(attempts(registry, "failed")).isPositive();
            assertThat(attempts(registry, "delivered")).isZero();
            makeDue();
            sender.round().join();

            assertThat(attempts(registry, "delivered")).isPositive();
        }
    }

    private static double attempts(MeterRegistry registry, String result) {
        return registry.counter(DeliveryMetrics.DELIVERIES, "result", result).count();
    }

    private long attempted(UUID whose) {
        String count = "SELECT count(*) FROM webhook_delivery WHERE attempts > 0";
        return transactions.sql(
                whose,
                connection ->
                        Sql.first(connection, count, row -> row.getLong(1)).orElseThrow());
    }

    private void forget(UUID whose) {
        transactions.sql(whose, connection -> Sql.update(connection, "DELETE FROM webhook"));
    }
}
