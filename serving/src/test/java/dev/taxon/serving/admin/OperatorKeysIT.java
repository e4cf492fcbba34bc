package dev.taxon.serving.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.database.DatabaseException;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Operators;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.fixture.ServerTest;
import dev.taxon.serving.tenant.OperatorKey;
import dev.taxon.serving.tenant.OperatorKeys;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Operators' keys open the routes below {@code /v1/admin} and no others; tenants' keys open the others. */
@QuarkusTest
class OperatorKeysIT extends ServerTest {
    private static final List<String> ADMIN =
            List.of("/v1/admin/tenants", "/v1/admin/keys?tenant=acme", "/v1/admin/quotas/acme", "/v1/admin/audit");

    @Test
    void openWhatIsBelowAdmin() {
        String operator = Operators.token();

        for (String path : ADMIN) {
            assertThat(Operators.call(operator, "GET", path, "").statusCode())
                    .as(path)
                    .isEqualTo(200);
        }
    }

    @Test
    void aTenantsKeyIsRefusedBelowAdminWithEveryScope() {
        for (String path : ADMIN) {
            Problems.expect(ErrorCode.FORBIDDEN, Operators.call(token, "GET", path, ""));
        }
        Problems.expect(
                ErrorCode.FORBIDDEN, Operators.call(token, "POST", "/v1/admin/tenants", "{\"name\": \"mine\"}"));
    }

    @Test
    void anOperatorsKeyIsRefusedOnTenantsRoutes() {
        String operator = Operators.token();

        Problems.expect(
                ErrorCode.FORBIDDEN, Http.send(Http.classify(operator, "{\"texts\": [\"t\"], \"labels\": [\"a\"]}")));
        Problems.expect(ErrorCode.FORBIDDEN, Operators.call(operator, "GET", "/v1/usage", ""));
        Problems.expect(ErrorCode.FORBIDDEN, Operators.call(operator, "DELETE", "/v1/tenant?name=acme", ""));
    }

    @Test
    void wrongAndRevokedKeysAreNotKnown() {
        OperatorKey key = Operators.keys().create();
        String wrong = "txo_" + key.id() + "_" + "0".repeat(64);
        String asTenant = key.token().replace("txo_", "tx_");

        for (String token : List.of(wrong, asTenant, "txo_" + "0".repeat(16) + "_" + "0".repeat(64), "txo_")) {
            Problems.expect(ErrorCode.UNAUTHENTICATED, Operators.call(token, "GET", "/v1/admin/audit", ""));
        }
        assertThat(Operators.call(key.token(), "GET", "/v1/admin/audit", "").statusCode())
                .isEqualTo(200);
        assertThat(Operators.keys().revoke(key.id())).isTrue();
        assertThat(Operators.keys().revoke(key.id())).isFalse();
        Problems.expect(ErrorCode.UNAUTHENTICATED, Operators.call(key.token(), "GET", "/v1/admin/audit", ""));
    }

    @Test
    void theServersOwnRoleCanMakeNone() {
        OperatorKeys asServer = new OperatorKeys(dataSource);

        assertThatThrownBy(asServer::create).isInstanceOf(DatabaseException.class);
        assertThatThrownBy(() -> asServer.revoke("0123456789abcdef")).isInstanceOf(DatabaseException.class);
    }

    @Test
    void aKeyPrintsWithoutItsSecret() {
        OperatorKey key = Operators.keys().create();

        assertThat(key.toString()).contains(key.id()).doesNotContain(key.parts().secret());
    }
}
