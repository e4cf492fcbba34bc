package dev.taxon.serving.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Operators;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.fixture.ServerTest;
import dev.taxon.serving.tenant.Scope;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class UsageIT extends ServerTest {
    @Inject
    UsageCounter counter;

    @Test
    void countsEveryAnsweredRequestOnce() {
        String key = newKey("u" + UUID.randomUUID(), Scope.all()).token();
        String body = "{\"texts\": [\"one two\", \"three\"], \"labels\": [\"a\", \"b\"]}";

        List<JsonNode> answers =
                IntStream.range(0, 20).mapToObj(i -> Http.sendLater(Http.classify(key, body))).toList().stream()
                        .map(answer -> Http.json(answer.join()))
                        .toList();
        Http.send(Http.classify(key, "{\"texts\": [], \"labels\": [\"a\"]}"));
        counter.flush();

        JsonNode usage = Http.json(Operators.call(key, "GET", "/v1/usage", ""));
        long tokens = answers.stream()
                .mapToLong(answer -> answer.at("/usage/tokens").asLong())
                .sum();
        assertThat(usage.get("days")).hasSize(1);
        assertThat(usage.at("/days/0/day").asText())
                .isEqualTo(LocalDate.now(ZoneOffset.UTC).toString());
        assertThat(usage.at("/days/0/requests").asLong()).isEqualTo(20);
        assertThat(usage.at("/days/0/texts").asLong()).isEqualTo(40);
        assertThat(usage.at("/days/0/tokens").asLong()).isEqualTo(tokens).isPositive();
        assertThat(usage.at("/limits/weight").asInt()).isEqualTo(100);
    }

    @Test
    void usageOfATenantThatIsGoneIsDropped() {
        counter.count(UUID.randomUUID(), 1, 1);
        String key = newKey("u" + UUID.randomUUID(), Scope.all()).token();
        Http.send(Http.classify(key, "{\"texts\": [\"t\"], \"labels\": [\"a\"]}"));

        counter.flush();

        assertThat(counter.pending()).isZero();
    }

    @Test
    void wantsTheScopeManage() {
        String key = newKey("acme", Set.of(Scope.CLASSIFY, Scope.TRAIN, Scope.FEEDBACK))
                .token();

        Problems.expect(ErrorCode.FORBIDDEN, Operators.call(key, "GET", "/v1/usage", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "from=yesterday,from",
        "to=2026-13-01,to",
        "from=2026-02-02&to=2026-02-01,from",
        "from=2020-01-01&to=2026-01-01,from"
    })
    void refusesDaysThatAreNone(String query, String at) {
        assertThat(Problems.expect(ErrorCode.INVALID_REQUEST, Operators.call(token, "GET", "/v1/usage?" + query, ""))
                        .at())
                .isEqualTo(at);
    }
}
