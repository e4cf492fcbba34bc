package dev.taxon.sdk;

import static dev.taxon.sdk.LoopbackServer.ANSWER;
import static dev.taxon.sdk.LoopbackServer.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.taxon.sdk.wire.ClassifyInput;
import dev.taxon.sdk.wire.ClassifyRequest;
import dev.taxon.sdk.wire.ClassifyResult;
import dev.taxon.sdk.wire.Prediction;
import dev.taxon.sdk.wire.WireJson;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class TaxonClientTest {

    @RegisterExtension
    final LoopbackServer server = new LoopbackServer();

    private final TaxonClient client = server.client().maxRetries(0).build();

    @Test
    void aTextIsClassified() {
        server.then(200, ANSWER);

        ClassifyResult result = client.classify("extra time", "sports", "business");

        assertThat(result.predictions()).containsExactly(new Prediction("sports", 0.9));
        assertThat(result.scores()).containsExactly(Map.entry("sports", 0.9), Map.entry("business", 0.1));
        LoopbackServer.Asked asked = server.asked.get(0);
        assertThat(asked.method() + " " + asked.path()).isEqualTo("POST /v1/classify");
        assertThat(asked.body())
                .isEqualTo("{\"inputs\":[{\"text\":\"extra time\",\"labels\":[\"sports\",\"business\"]}]}");
        assertThat(asked.header("Authorization")).isEqualTo("Bearer " + KEY);
        assertThat(asked.header("Content-type")).isEqualTo("application/json");
        assertThat(asked.header("User-agent")).isEqualTo("taxon-java");
        assertThat(asked.headers()).doesNotContainKey("X-taxon-deadline-ms");
    }

    @Test
    void aPathBeforeTheRoutesIsKept() {
        server.then(200, ANSWER);

        client.withOptions(options -> options.baseUrl(server.url() + "/behind/proxy/"))
                .classify("t", "a");

        assertThat(server.asked.get(0).path()).isEqualTo("/behind/proxy/v1/classify");
    }

    @Test
    void optionsChangeForTheNewClientAlone() {
        server.then(200, ANSWER);

        TaxonClient changed = client.withOptions(options ->
                options.header("X-Taxon-Routing-Key", "u7").userAgent("shop/2").deadline(Duration.ofSeconds(3)));
        changed.classify("t", "a");
        client.classify("t", "a");

        assertThat(server.asked.get(0).header("X-taxon-routing-key")).isEqualTo("u7");
        assertThat(server.asked.get(0).header("User-agent")).isEqualTo("shop/2");
        assertThat(Long.parseLong(server.asked.get(0).header("X-taxon-deadline-ms")))
                .isBetween(1L, 3000L);
        assertThat(server.asked.get(1).headers()).doesNotContainKeys("X-taxon-routing-key", "X-taxon-deadline-ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud800", "\u0000", "\ud83d\ude00", "\u2028"})
    void anyTextIsSent(String text) throws Exception {
        server.then(200, ANSWER);

        client.classify(text, "a");

        ClassifyRequest received = WireJson.read(server.asked.get(0).body(), ClassifyRequest.class);
        assertThat(received.expand().get(0).text()).isEqualTo(text);
    }

    @Test
    void theFutureFailsWithTheFailureItself() {
        server.then(404, "");

        Throwable[] seen = new Throwable[1];
        CompletableFuture<?> done = client.classifyAsync(ClassifyRequest.of(
                        ClassifyInput.builder("t").labels("a").build()))
                .handle((response, failure) -> seen[0] = failure);
        done.join();

        assertThat(seen[0]).isInstanceOf(NotFoundException.class);
    }

    @Test
    void anInterruptedCallerStopsWaiting() {
        server.thenStall();
        Thread.currentThread().interrupt();

        TaxonException failure = failure(client);

        assertThat(failure).isInstanceOf(TaxonConnectionException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void manyThreadsShareAClient() {
        server.then((exchange, body) -> {
            String text =
                    WireJson.read(body, ClassifyRequest.class).expand().get(0).text();
            LoopbackServer.respond(
                    exchange, 200, ANSWER.replace("\"predictions\"", "\"id\":\"" + text + "\",\"predictions\""));
        });

        List<CompletableFuture<ClassifyResult>> calls = IntStream.range(0, 200)
                .mapToObj(i -> i % 2 == 0
                        ? CompletableFuture.supplyAsync(() -> client.classify("text " + i, "a"))
                        : client.classifyAsync(ClassifyRequest.of(ClassifyInput.builder("text " + i)
                                        .labels("a")
                                        .build()))
                                .thenApply(response -> response.results().get(0)))
                .toList();

        for (int i = 0; i < calls.size(); i++) {
            assertThat(calls.get(i).join().id()).isEqualTo("text " + i);
        }
    }

    @Test
    void callsGoThroughTheProxy() {
        server.then(200, ANSWER);
        int port = Integer.parseInt(server.url().substring(server.url().lastIndexOf(':') + 1));

        client.withOptions(options -> options.baseUrl("http://taxon.invalid:81").proxy("127.0.0.1", port))
                .classify("t", "a");

        assertThat(server.asked.get(0).path()).isEqualTo("http://taxon.invalid:81/v1/classify");
    }

    @Test
    void theKeyIsShownNowhere() {
        server.then(401, "{\"code\":\"unauthenticated\"}");
        TaxonClientBuilder builder =
                TaxonClient.builder().baseUrl(server.url()).apiKey(KEY).header("X-Other", "also");
        StringWriter trace = new StringWriter();
        failure(client).printStackTrace(new PrintWriter(trace, true));

        assertThat(client.toString() + builder.options() + builder.options().apiKey() + trace)
                .doesNotContain("verysecret")
                .doesNotContain("also")
                .contains("TaxonClient[baseUrl=http://127.0.0.1");
        assertThatThrownBy(() -> TaxonClient.builder().apiKey("tx_k1_very secret\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    private static TaxonException failure(TaxonClient client) {
        return catchThrowableOfType(TaxonException.class, () -> client.classify("t", "a"));
    }
}
