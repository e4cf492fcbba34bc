package dev.taxon.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class FeedbackClientTest {

    @RegisterExtension
    final LoopbackServer server = new LoopbackServer();

    private final TaxonClient client = server.client().maxRetries(0).build();

    @Test
    void verdictsAreSent() {
        server.then(200, "{\"request_id\":\"r1\",\"index\":0,\"verdict\":\"accepted\"}");

        client.feedback().accept("r1", 0);
        client.feedback().rejectAsync("r1", 2).join();

        assertThat(server.asked)
                .extracting(LoopbackServer.Asked::body)
                .containsExactly(
                        "{\"request_id\":\"r1\",\"index\":0,\"verdict\":\"accepted\"}",
                        "{\"request_id\":\"r1\",\"index\":2,\"verdict\":\"rejected\"}");
    }

    @Test
    void aCorrectionIsSentAndNewerWordsAreOverlooked() {
        server.then(200, "{\"request_id\":\"r1\",\"index\":0,\"verdict\":\"praised\",\"labels\":[\"a\"]}");

        assertThat(client.feedback().correct("r1", 0, List.of("a")).verdict()).isNull();

        assertThat(server.asked.get(0).body())
                .isEqualTo("{\"request_id\":\"r1\",\"index\":0,\"verdict\":\"corrected\",\"labels\":[\"a\"]}");
    }
}
