package dev.taxon.serving.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.fixture.AdapterServerTest;
import dev.taxon.serving.fixture.Problems;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A version that answers a part of the calls. */
@QuarkusTest
class CanaryIT extends AdapterServerTest {
    @Test
    void keepsRoutingKeysOnTheirSideOfACanaryWhileItGrows() {
        String name = newAdapter(2);
        promote(name, 1);
        Set<String> before = canaries(name, 20);
        Set<String> after = canaries(name, 60);
        assertThat(before).hasSizeBetween(5, 40);
        assertThat(after).hasSizeBetween(40, 80).containsAll(before);
        assertThat(canaries(name, 60)).isEqualTo(after);
        assertThat(call("PUT", "/v1/adapters/" + name + "/canary", "{'version': null}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(servedByTwo(name)).isEmpty();
    }

    /** Of a hundred keys those that the canary answers. */
    private Set<String> canaries(String name, int percent) {
        HttpResponse<String> set =
                call("PUT", "/v1/adapters/" + name + "/canary", "{'version': 2, 'percent': " + percent + "}");
        assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
        return servedByTwo(name);
    }

    private Set<String> servedByTwo(String name) {
        Set<String> canaries = new HashSet<>();
        for (int key = 0; key < 100; key++) {
            JsonNode result = classify(name, "X-Taxon-Routing-Key", "user-" + key);
            if (result.at("/adapter").asText().equals(name + "@2")) {
                canaries.add("user-" + key);
            }
        }
        return canaries;
    }

    @Test
    void endsACanaryThatIsPromoted() {
        String name = newAdapter(2);
        promote(name, 1);
        call("PUT", "/v1/adapters/" + name + "/canary", "{'version': 2, 'percent': 50}");
        JsonNode promoted = promote(name, 2);
        assertThat(promoted.has("canary")).isFalse();
        assertThat(promoted.at("/previous").asInt()).isEqualTo(1);
    }

    @Test
    void refusesCanariesAndShadowsThatMakeNoSense() {
        String name = newAdapter(2);
        String canary = "/v1/adapters/" + name + "/canary";
        Problems.expect(ErrorCode.CONFLICT, call("PUT", canary, "{'version': 2, 'percent': 5}"));
        promote(name, 1);
        Problems.expect(ErrorCode.CONFLICT, call("PUT", canary, "{'version': 1, 'percent': 5}"));
        Problems.expect(ErrorCode.NOT_FOUND, call("PUT", canary, "{'version': 9, 'percent': 5}"));
        for (String wrong : List.of("0", "100", "null")) {
            assertThat(Problems.expect(
                                    ErrorCode.INVALID_REQUEST,
                                    call("PUT", canary, "{'version': 2, 'percent': " + wrong + "}"))
                            .at())
                    .isEqualTo("percent");
        }
        Problems.expect(ErrorCode.CONFLICT, call("PUT", "/v1/adapters/" + name + "/shadow", "{'version': 1}"));
        Problems.expect(ErrorCode.CONFLICT, call("GET", "/v1/adapters/" + name + "/comparison", ""));
    }
}
