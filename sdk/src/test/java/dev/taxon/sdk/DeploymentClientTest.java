package dev.taxon.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.sdk.wire.PromoteRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class DeploymentClientTest {

    @RegisterExtension
    final LoopbackServer server = new LoopbackServer();

    private final TaxonClient client = server.client().maxRetries(0).build();
    private final DeploymentClient deployment = client.adapters().deployment("support");

    @Test
    void conditionsTravelWithAPromotion() {
        server.then(409, "{\"code\":\"conflict\",\"status\":409,\"retryable\":false}")
                .then(412, "{\"code\":\"precondition_failed\",\"status\":412,\"retryable\":false}");

        assertThatThrownBy(() -> deployment.promoteIfBetter(4)).isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> deployment.promote(PromoteRequest.of(4), 17L))
                .isInstanceOf(PreconditionFailedException.class);

        assertThat(server.asked.get(0).body()).isEqualTo("{\"version\":4,\"require\":\"better_than_active\"}");
        assertThat(server.asked.get(1).body()).isEqualTo("{\"version\":4}");
        assertThat(server.asked.get(1).header("If-match")).isEqualTo("\"17\"");
    }

    @Test
    void canaryAndShadowBeginAndEnd() {
        server.then(200, Bodies.deployment(3));

        deployment.canary(4, 5);
        deployment.endCanary();
        deployment.shadow(4);
        deployment.endShadow();

        assertThat(server.asked)
                .extracting(asked -> asked.method() + " " + asked.path())
                .containsExactly(
                        "PUT /v1/adapters/support/canary",
                        "PUT /v1/adapters/support/canary",
                        "PUT /v1/adapters/support/shadow",
                        "PUT /v1/adapters/support/shadow");
        assertThat(server.asked)
                .extracting(LoopbackServer.Asked::body)
                .containsExactly("{\"version\":4,\"percent\":5}", "{}", "{\"version\":4}", "{}");
    }
}
