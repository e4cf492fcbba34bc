package dev.taxon.serving.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.serving.audit.Audit;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.idempotency.CreatedAnswers;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Names that mean one address when they are checked and another one later. */
@QuarkusTest
class RebindingIT extends SendingTest {
    private static final List<String> PUBLIC = List.of("1.1.1.1");
    private static final List<String> OURS = List.of("127.0.0.1");
    private static final List<String> NOBODYS = List.of("127.0.0.2");

    @Inject
    Audit audit;

    @Inject
    CreatedAnswers answers;

    @Test
    void whatIsPublicWhenItIsMadeAndOursWhenItIsSentToIsRefused() throws Exception {
        try (Receiver receiver = new Receiver(200)) {
            ChangingNames names = new ChangingNames("hooks.example", PUBLIC, OURS);
            Targets targets = new Targets(false, names);
            int port = URI.create(receiver.url()).getPort();
            new WebhookService(transactions, store, targets, audit, answers)
                    .create(tenant, "https://hooks.example:" + port + "/hook");
            happen();

            sender(targets).round().join();

            assertThat(names.asked()).as("when it is made, and when it is sent").isEqualTo(2);
            assertThat(outcome()).isEqualTo("refused");
            assertThat(receiver.received).isEmpty();
        }
    }

    /** The name is no other name service's, and the second answer leads nowhere: it arrives by the first, or not at all. */
    @Test
    void whatIsSentGoesToTheAddressThatWasCheckedAndUnderItsName() throws Exception {
        try (Receiver receiver = new Receiver(204)) {
            ChangingNames names = new ChangingNames("hooks.invalid", OURS, NOBODYS);
            int port = URI.create(receiver.url()).getPort();
            listen("http://hooks.invalid:" + port + "/hook");
            happen();

            sender(new Targets(true, names)).round().join();

            assertThat(names.asked()).isEqualTo(1);
            assertThat(outcome()).isEqualTo("delivered");
            assertThat(receiver.received).hasSize(1);
            assertThat(receiver.received.get(0).header("Host")).isEqualTo("hooks.invalid:" + port);
        }
    }

    private WebhookSender sender(Targets targets) {
        return new WebhookSender(deliveries, targets, poster, metrics);
    }

    private String outcome() {
        return transactions
                .sql(
                        tenant,
                        connection ->
                                Sql.first(connection, "SELECT outcome FROM webhook_delivery", row -> row.getString(1)))
                .orElseThrow();
    }
}
