package dev.taxon.serving.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.periodic.OldRowsSweep;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class WebhookIT extends SendingTest {
    @Inject
    OldRowsSweep sweep;

    @Test
    void anEventArrivesOnceAndSigned() throws Exception {
        try (Receiver receiver = new Receiver(200)) {
            listen(receiver.url());
            happen();

            sender(true).round().join();
            sender(true).round().join();

            assertThat(receiver.received).hasSize(1);
            Receiver.Received received = receiver.received.get(0);
            assertThat(received.path()).isEqualTo("/hook?x=1");
            JsonNode event = new ObjectMapper().readTree(received.body());
            assertThat(event.get("event").asText()).isEqualTo("job.succeeded");
            assertThat(event.at("/data/job").asText()).isEqualTo("j1");
            assertThat(event.get("id").asText()).isNotBlank();
            assertThat(Instant.parse(event.get("at").asText()))
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
            String signature = received.header(Signature.HEADER);
            String moment = signature.substring(2, signature.indexOf(','));
            assertThat(signature).isEqualTo("t=" + moment + ",v1=" + hmac(moment, received.body()));
            assertThat(Long.parseLong(moment))
                    .isCloseTo(Instant.now().getEpochSecond(), org.assertj.core.data.Offset.offset(60L));
        }
    }

    @Test
    void anEventThatIsRolledBackIsNotTold() throws Exception {
        try (Receiver receiver = new Receiver(200)) {
            listen(receiver.url());
            try {
                transactions.run(tenant, () -> {
                    webhooks.enqueue("job.failed", JsonNodeFactory.instance.objectNode());
                    throw new IllegalStateException("rolled back");
                });
            } catch (IllegalStateException expected) {
                assertThat(expected).hasMessage("rolled back");
            }

            sender(true).round().join();

            assertThat(receiver.received).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 404, 301, 302, 307, 308})
    void whatIsNotTakenIsSentAgainLaterAndRedirectsAreNotFollowed(int status) throws Exception {
        try (Receiver receiver = new Receiver(status, 204)) {
            listen(receiver.url());
            happen();

            sender(true).round().join();
            assertThat(receiver.received).hasSize(1);
            sender(true).round().join();
            assertThat(receiver.received).as("not before its pause is over").hasSize(1);
            assertThat(outcome()).isEqualTo("answered " + status);
            makeDue();
            sender(true).round().join();

            assertThat(receiver.received).hasSize(2);
            assertThat(receiver.received.get(1).body())
                    .isEqualTo(receiver.received.get(0).body());
            assertThat(outcome()).isEqualTo("delivered");
        }
    }

    @Test
    void pausesGrowForADay() {
        Instant created = Instant.parse("2026-11-25T00:00:00Z");
        Instant now = created;
        Duration last = Duration.ZERO;
        int attempt = 0;
        while (true) {
            attempt++;
            var pause = new Delivery(tenant, tenant, attempt, "", new byte[0], new byte[0], created, now).pause();
            if (pause.isEmpty()) {
                break;
            }
            assertThat(pause.get()).isGreaterThanOrEqualTo(last);
            last = pause.get();
            now = now.plus(last);
        }
        assertThat(Duration.between(created, now)).isBetween(Duration.ofHours(19), Duration.ofHours(24));
        assertThat(attempt).isBetween(12, 20);
    }

    @Test
    void afterADayItIsGivenUp() throws Exception {
        try (Receiver receiver = new Receiver(500)) {
            listen(receiver.url());
            happen();
            age("1 day");

            sender(true).round().join();

            assertThat(outcome()).isEqualTo("given up");
            makeDue();
            sender(true).round().join();
            assertThat(receiver.received).hasSize(1);
        }
    }

    /** What a delivery is held against is the database's time alone; that no node's clock is read, HouseTest holds. */
    @Test
    void untilThenItIsPutOffByTheDatabasesClock() throws Exception {
        try (Receiver receiver = new Receiver(500)) {
            listen(receiver.url());
            happen();
            age("23 hours");

            sender(true).round().join();

            assertThat(outcome()).isEqualTo("answered 500");
            assertThat(one("SELECT ended_at IS NULL AND due_at > now() + interval '5 seconds'"
                            + " AND due_at <= now() + interval '10 seconds' FROM webhook_delivery"))
                    .isEqualTo("t");
        }
    }

    @Test
    void whatEndedAWeekAgoIsForgotten() {
        listen("https://hooks.example.org/");
        for (String ended : List.of("8 days", "6 days")) {
            happen();
            String end = "UPDATE webhook_delivery SET ended_at = now() - ?::interval WHERE ended_at IS NULL";
            transactions.sql(tenant, connection -> Sql.update(connection, end, ended));
        }
        happen();
        age("9 days");

        sweep.delete(DeliverySweep.DELIVERIES);

        assertThat(one("SELECT string_agg(extract(day FROM now() - ended_at)::text, ' ') || ' ' || count(*)"
                        + " FROM webhook_delivery"))
                .isEqualTo("6 2");
    }

    @Test
    void nothingIsEverSentWithinThisNetwork() throws Exception {
        try (Receiver receiver = new Receiver(200)) {
            // As if the name had led elsewhere when the webhook was made.
            listen(receiver.url());
            happen();

            sender(false).round().join();

            assertThat(receiver.received).isEmpty();
            assertThat(outcome()).isEqualTo("refused");
        }
    }

    private void age(String interval) {
        String update = "UPDATE webhook_delivery SET created_at = created_at - ?::interval";
        transactions.sql(tenant, connection -> Sql.update(connection, update, interval));
    }

    private String outcome() {
        return one("SELECT outcome FROM webhook_delivery");
    }

    private String one(String query) {
        List<String> found =
                transactions.sql(tenant, connection -> Sql.query(connection, query, row -> row.getString(1)));
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static String hmac(String moment, byte[] body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
        mac.update((moment + "." + new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(mac.doFinal());
    }
}
