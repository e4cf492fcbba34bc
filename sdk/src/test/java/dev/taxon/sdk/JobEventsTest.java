package dev.taxon.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.sdk.wire.JobEvent;
import dev.taxon.sdk.wire.WireJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(30)
final class JobEventsTest {

    @RegisterExtension
    final LoopbackServer server = new LoopbackServer();

    private final FakePacing time = new FakePacing();
    private final TaxonClient client = server.client().pacing(time.pacing(0)).build();

    @Test
    void eventsGoOnWhereTheirConnectionBroke() {
        server.then((exchange, body) -> {
                    exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
                    exchange.sendResponseHeaders(200, 10_000);
                    exchange.getResponseBody()
                            .write((event(1) + "data:{\"number\":2,").getBytes(StandardCharsets.UTF_8));
                    exchange.getResponseBody().flush();
                    exchange.close();
                })
                .then(200, event(2))
                .then(200, event(3) + ended(4));

        assertThat(numbers()).containsExactly(1, 2, 3, 4);
        assertThat(server.asked)
                .extracting(asked -> asked.header("Last-event-id"))
                .containsExactly("", "1", "2");
    }

    @Test
    void aServerThatIsOnItsWayBackIsWaitedFor() {
        server.then(200, event(1)).then(503, "").then(503, "").thenHangUp().then(200, ended(2));

        assertThat(numbers()).containsExactly(1, 2);
    }

    @Test
    void aServerThatHasNothingToSayIsLeft() {
        server.then(200, event(1)).then(200, ":\n\n");

        try (JobEvents events = client.jobs().events("j1")) {
            assertThat(events.next().number()).isEqualTo(1);
            assertThatThrownBy(events::hasNext).isInstanceOf(TaxonConnectionException.class);
        }
        assertThat(time.sleeps).hasSize(5).isSorted();
    }

    @Test
    void aSilentConnectionThatIsCutNowAndThenIsNoFailure() {
        Pacing minutely = time.pacingWithAMinuteBetweenLooks();
        for (int cut = 0; cut < 10; cut++) {
            server.then(200, ":\n");
        }
        server.then(200, ended(1));

        try (JobEvents events = server.client().pacing(minutely).build().jobs().events("j1")) {
            assertThat(events.next().number()).isEqualTo(1);
        }
        assertThat(server.asked).hasSize(11);
    }

    @Test
    void anEventThatCannotBeReadIsNotAskedForAgain() {
        server.then(200, "data:{\"number\":\"secret\"}\n\n");

        try (JobEvents events = client.jobs().events("j1")) {
            assertThatThrownBy(events::hasNext)
                    .isInstanceOf(ServerException.class)
                    .hasMessageStartingWith("an event cannot be read: ")
                    .hasMessageNotContaining("secret")
                    .hasNoCause();
        }
        assertThat(server.asked).hasSize(1);
    }

    @Test
    void anEventMayTakeSeveralLines() {
        server.then(200, "data:{\"number\":1,\"kind\":\"state\",\r\ndata: \"data\":{\"state\":\"failed\"}}\r\n\r\n");

        assertThat(numbers()).containsExactly(1);
    }

    @Test
    void closingEndsTheWaitingForAnEvent() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        server.then((exchange, body) -> {
            exchange.sendResponseHeaders(200, 10_000);
            exchange.getResponseBody().write(event(1).getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            told.countDown();
        });
        JobEvents events = client.jobs().events("j1");
        assertThat(events.next().number()).isEqualTo(1);

        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(events::hasNext);
        told.await();
        events.close();

        assertThat(waiting.get()).isFalse();
        assertThat(server.asked).hasSize(1);
    }

    @Test
    void closingEndsAPauseBeforeTheConnectionIsMadeAgain() throws Exception {
        server.then(200, event(1)).then(200, "");
        JobEvents events = server.client().pacing(time.endless()).build().jobs().events("j1");
        assertThat(events.next().number()).isEqualTo(1);

        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(events::hasNext);
        time.asleep.get();
        events.close();

        assertThat(waiting.get()).isFalse();
    }

    @Test
    void eventsAreToldWithoutHoldingTheCaller() {
        server.then(200, event(1) + ended(2));
        List<Integer> told = new CopyOnWriteArrayList<>();

        client.jobs().eventsAsync("j1", event -> told.add(event.number())).join();
        client.jobs().events("j1", event -> told.add(event.number()));

        assertThat(told).containsExactly(1, 2, 1, 2);
    }

    @Test
    void whatTheListenerThrowsEndsTheTelling() {
        server.then(200, event(1) + ended(2));
        RuntimeException enough = new IllegalStateException("enough");

        CompletableFuture<?> told = client.jobs().eventsAsync("j1", event -> {
            throw enough;
        });

        assertThatThrownBy(told::join).hasCause(enough);
    }

    @Test
    void cancellingEndsTheTelling() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch hungUp = new CountDownLatch(1);
        server.then((exchange, body) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(event(1).getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            try {
                while (true) {
                    exchange.getResponseBody().write(":\n".getBytes(StandardCharsets.UTF_8));
                    exchange.getResponseBody().flush();
                }
            } catch (IOException broken) {
                hungUp.countDown();
            }
        });

        CompletableFuture<?> told = client.jobs().eventsAsync("j1", event -> first.countDown());
        first.await();
        told.cancel(true);

        hungUp.await();
        assertThat(server.asked).hasSize(1);
    }

    @Test
    void eventsOfAnUnknownJobAreNotFound() {
        server.then(404, "{\"code\":\"not_found\",\"status\":404,\"retryable\":false}");

        try (JobEvents events = client.jobs().events("j1")) {
            assertThatThrownBy(events::hasNext).isInstanceOf(NotFoundException.class);
        }
    }

    private List<Integer> numbers() {
        try (JobEvents events = client.jobs().events("j1")) {
            List<Integer> numbers = new ArrayList<>();
            events.forEachRemaining(event -> numbers.add(event.number()));
            return numbers;
        }
    }

    private static String event(int number) {
        return written(new JobEvent(number, "step", Map.of("step", number), null));
    }

    private static String ended(int number) {
        return written(new JobEvent(number, "state", Map.of("state", "succeeded"), null));
    }

    private static String written(JobEvent event) {
        return "id:" + event.number() + "\nevent:" + event.kind() + "\ndata:" + WireJson.string(event) + "\n\n";
    }
}
