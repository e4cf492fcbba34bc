package dev.taxon.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(30)
final class EventConnectionTest {

    @RegisterExtension
    final LoopbackServer server = new LoopbackServer();

    @Test
    void aServerThatFallsSilentIsHungUpOn() throws Exception {
        server.thenStallAfter("data:first\n\n");

        try (EventConnection events = new EventConnection(open(), Duration.ofSeconds(1))) {
            assertThat(events.next()).isEqualTo("first\n");
            assertThatThrownBy(events::next).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aServerThatSpeaksNowAndThenIsHeardForLongerThanItMayBeSilent() throws Exception {
        server.then((exchange, body) -> {
            exchange.sendResponseHeaders(200, 0);
            for (int line = 0; line < 8; line++) {
                exchange.getResponseBody().write(":\n".getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
                LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
            }
            exchange.getResponseBody().write("data:late\n\n".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });

        try (EventConnection events = new EventConnection(open(), Duration.ofSeconds(1))) {
            assertThat(events.next()).isEqualTo("late\n");
        }
    }

    private InputStream open() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url())).build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofInputStream())
                .body();
    }
}
