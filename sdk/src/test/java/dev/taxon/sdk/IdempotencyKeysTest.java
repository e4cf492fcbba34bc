package dev.taxon.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls that are sent again, and the keys by which the server knows them again. */
final class IdempotencyKeysTest {

    @RegisterExtension
    final LoopbackServer server = new LoopbackServer();

    private final FakePacing time = new FakePacing();
    private final TaxonClient client = server.client().pacing(time.pacing(0)).build();

    @Test
    void aCallThatCreatesKeepsItsKeyThroughRetries() {
        server.thenHangUp().then(503, "").then(201, "{\"name\":\"mails\"}");

        assertThat(client.datasets().create("mails").name()).isEqualTo("mails");

        assertThat(keys()).hasSize(3).doesNotContain("").containsOnly(keys().get(0));
        client.datasets().create("others");
        assertThat(keys().get(3)).isNotEqualTo(keys().get(0));
    }

    @Test
    void aRollbackGoesOneStepBackHoweverOftenItIsSent() {
        server.thenHangUp().then(200, Bodies.deployment(3));

        assertThat(client.adapters().deployment("support").rollback().active()).isEqualTo(3);

        assertThat(keys()).hasSize(2).doesNotContain("").containsOnly(keys().get(0));
    }

    @Test
    void aCallThatMakesASecretIsSentOnce() {
        server.then(503, "").then(201, "{\"id\":\"1\",\"tenant\":\"acme\",\"scopes\":[]}");

        assertThatThrownBy(() -> client.admin().createTenant("acme")).isInstanceOf(OverloadedException.class);

        assertThat(keys()).containsExactly("");
    }

    private List<String> keys() {
        return server.asked.stream()
                .map(asked -> asked.header("Idempotency-key"))
                .toList();
    }
}
