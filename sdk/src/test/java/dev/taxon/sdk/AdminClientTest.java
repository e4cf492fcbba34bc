package dev.taxon.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class AdminClientTest {

    @RegisterExtension
    final LoopbackServer server = new LoopbackServer();

    private final TaxonClient client = server.client().maxRetries(0).build();

    @Test
    void whatIsDeletedIsNamedByItsPath() {
        server.then(204, "");

        client.admin().deleteTenant("acme");
        client.webhooks().delete("w1");

        assertThat(server.asked)
                .extracting(asked -> asked.method() + " " + asked.path())
                .containsExactly("DELETE /v1/admin/tenants/acme", "DELETE /v1/webhooks/w1");
    }

    @Test
    void aTenantIsSuspendedAndActivatedByItsState() {
        server.then(200, "{\"name\":\"acme\",\"state\":\"suspended\"}");

        client.admin().suspend("acme");
        client.admin().activateAsync("acme").join();

        assertThat(server.asked)
                .extracting(LoopbackServer.Asked::body)
                .containsExactly("{\"state\":\"suspended\"}", "{\"state\":\"active\"}");
    }

    @Test
    void secretsAreNotPrinted() {
        server.then(
                201, "{\"id\":\"k1\",\"tenant\":\"acme\",\"scopes\":[\"classify\"],\"token\":\"tx_k1_verysecret\"}");

        assertThat(client.admin().createTenant("acme").toString()).doesNotContain("verysecret");
    }
}
