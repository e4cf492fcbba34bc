package dev.taxon.sdk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real HTTP server on loopback that answers as told, in order; the last answer is given again and again. As an extension
 * it lasts as long as the test.
 */
final class LoopbackServer implements AutoCloseable, AfterEachCallback {

    static final String KEY = "tx_k1_verysecret";

    /** A success with one result. */
    static final String ANSWER = """
            {"request_id":"r1","model":"taxon-small","usage":{"texts":1,"tokens":5},"results":[
            {"predictions":[{"label":"sports","score":0.9}],"scores":{"sports":0.9,"business":0.1},
            "truncated":false,"tokens":5}]}""";

    /** What to answer. */
    interface Answer {
        void write(HttpExchange exchange, String body) throws IOException;
    }

    /**
     * What was asked.
     *
     * @param path with its query, as it was sent
     */
    record Asked(String method, String path, Map<String, List<String>> headers, String body) {

        String header(String name) {
            return String.join(",", headers.getOrDefault(name, List.of()));
        }
    }

    final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Queue<Answer> answers = new ArrayDeque<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    LoopbackServer() {
        server = create();
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    private static HttpServer create() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A builder of clients of this server. */
    TaxonClientBuilder client() {
        return TaxonClient.builder().baseUrl(url()).apiKey(KEY);
    }

    LoopbackServer then(Answer answer) {
        synchronized (answers) {
            answers.add(answer);
        }
        return this;
    }

    LoopbackServer then(int status, String body, String... headers) {
        return then((exchange, asked) -> respond(exchange, status, body, headers));
    }

    /** Sends the headers and the start of a body, and then nothing more. */
    LoopbackServer thenStallInTheBody() {
        return thenStallAfter("{");
    }

    LoopbackServer thenStallAfter(String start) {
        return then((exchange, asked) -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(start.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            awaitClosing();
        });
    }

    LoopbackServer thenStall() {
        return then((exchange, asked) -> awaitClosing());
    }

    LoopbackServer thenHangUp() {
        return then((exchange, asked) -> exchange.close());
    }

    static void respond(HttpExchange exchange, int status, String body, String... headers) throws IOException {
        for (int i = 0; i < headers.length; i += 2) {
            exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                Map.copyOf(exchange.getRequestHeaders()),
                body));
        next().write(exchange, body);
    }

    private Answer next() {
        synchronized (answers) {
            return answers.size() > 1 ? answers.remove() : answers.element();
        }
    }

    private void awaitClosing() {
        try {
            closing.await();
        } catch (InterruptedException interrupted) {
            throw new UncheckedIOException(new IOException(interrupted));
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        close();
    }
}
