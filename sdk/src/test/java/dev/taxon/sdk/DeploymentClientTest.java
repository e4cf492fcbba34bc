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
        DeploymentClient unchanged = deployment.ifUnchangedSince(17);

        assertThatThrownBy(() -> deployment.promoteIfBetter(4)).isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> unchanged.promote(PromoteRequest.of(4)))
                .isInstanceOf(PreconditionFailedException.class);

        assertThat(server.asked.get(0).body()).isEqualTo("{\"version\":4,\"require\":\"better_than_active\"}");
        assertThat(server.asked.get(1).body()).isEqualTo("{\"version\":4}");
        assertThat(server.asked.get(0).header("If-match")).isEmpty();
        assertThat(server.asked.get(1).header("If-match")).isEqualTo("\"17\"");
    }

    @Test
    void everyChangeMayBeOfTheDeploymentAsItWasReadAndIsMadeOnce() {
        server.then(200, Bodies.deployment(3));
        DeploymentClient unchanged = deployment.ifUnchangedSince(17);

        unchanged.rollback();
        unchanged.canary(4, 5);
        unchanged.endCanary();
        unchanged.shadow(4);
        unchanged.endShadow();

        assertThat(server.asked)
                .hasSize(5)
                .allMatch(asked -> asked.header("If-match").equals("\"17\""))
                .extracting(asked -> asked.header("Idempotency-key"))
                .doesNotContain("")
                .doesNotHaveDuplicates();
    }

    @Test
    void versionsOfBeforeAreComparedByTheirNumbers() {
        server.then(200, "{\"active\":3,\"other\":4,\"texts\":8,\"agreed\":6,\"pairs\":[]}");

        assertThat(deployment.comparison(3, 4).agreed()).isEqualTo(6);

        assertThat(server.asked.get(0).path()).isEqualTo("/v1/adapters/support/comparison?active=3&other=4");
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
