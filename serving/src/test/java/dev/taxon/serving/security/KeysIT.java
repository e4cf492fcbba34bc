package dev.taxon.serving.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.fixture.ServerTest;
import dev.taxon.serving.tenant.ApiKey;
import dev.taxon.serving.tenant.Scope;
import dev.taxon.serving.tenant.TenantKeys;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
class KeysIT extends ServerTest {
    private static final String BODY = "{\"texts\": [\"a text\"], \"labels\": [\"a\", \"b\"]}";

    @Test
    void wantsAKey() {
        HttpResponse<String> response = Http.send(Http.to("/v1/classify")
                .header("Content-Type", "application/json")
                .POST(publisher()));
        Problems.expect(ErrorCode.UNAUTHENTICATED, response);
        assertThat(response.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Bearer");
    }

    @Test
    void refusesWhatIsNoKey() {
        for (String header : new String[] {
            "Bearer", "Bearer x", "Basic dXNlcjpwYXNz", "Bearer tx_", token, "Bearer tx_" + "0".repeat(16)
        }) {
            Problems.expect(
                    ErrorCode.UNAUTHENTICATED,
                    Http.send(Http.classify(token, BODY).setHeader("Authorization", header)));
        }
    }

    @Test
    void refusesUnknownKeysAndWrongSecrets() {
        String unknown = "tx_" + "0".repeat(16) + "_" + "0".repeat(64);
        Problems.expect(ErrorCode.UNAUTHENTICATED, Http.send(Http.classify(unknown, BODY)));
        char last = token.charAt(token.length() - 1);
        String wrong = token.substring(0, token.length() - 1) + (last == '0' ? '1' : '0');
        assertThat(Http.send(Http.classify(token, BODY)).statusCode()).isEqualTo(200);
        Problems.expect(ErrorCode.UNAUTHENTICATED, Http.send(Http.classify(wrong, BODY)));
    }

    @Test
    void wantsTheScopeOfTheRoute() {
        ApiKey other = newKey("acme", EnumSet.complementOf(EnumSet.of(Scope.CLASSIFY)));
        Problems.expect(ErrorCode.FORBIDDEN, Http.send(Http.classify(other.token(), BODY)));
        ApiKey enough = newKey("acme", Set.of(Scope.CLASSIFY));
        assertThat(Http.send(Http.classify(enough.token(), BODY)).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesARevokedKeyAndNoOthers() {
        ApiKey theirs = newKey("globex", Scope.all());
        ApiKey revoked = newKey("globex", Scope.all());
        TenantKeys keys = new TenantKeys(dataSource);
        assertThat(keys.revokeKey(keys.findOrCreate("globex"), revoked.id())).isTrue();
        Problems.expect(ErrorCode.UNAUTHENTICATED, Http.send(Http.classify(revoked.token(), BODY)));
        assertThat(Http.send(Http.classify(theirs.token(), BODY)).statusCode()).isEqualTo(200);
        assertThat(Http.send(Http.classify(token, BODY)).statusCode()).isEqualTo(200);
    }

    @Test
    void noticesARevocationWithinSeconds() throws Exception {
        ApiKey key = newKey("globex", Scope.all());
        assertThat(Http.send(Http.classify(key.token(), BODY)).statusCode()).isEqualTo(200);
        TenantKeys keys = new TenantKeys(dataSource);
        keys.revokeKey(keys.findOrCreate("globex"), key.id());
        int status = 200;
        for (int second = 0; second < 15 && status == 200; second++) {
            Thread.sleep(1_000);
            status = Http.send(Http.classify(key.token(), BODY)).statusCode();
        }
        assertThat(status).isEqualTo(401);
    }

    @Test
    void asksForNoKeyOutsideTheApi() {
        for (String path : new String[] {"/q/health", "/q/metrics", "/q/openapi", "/q/swagger-ui/"}) {
            assertThat(Http.send(Http.to(path).header("Authorization", "Bearer nonsense"))
                            .statusCode())
                    .as(path)
                    .isEqualTo(200);
        }
    }

    private static BodyPublisher publisher() {
        return BodyPublishers.ofString(BODY);
    }
}
