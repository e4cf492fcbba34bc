package dev.taxon.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.taxon.sdk.wire.DatasetFormat;
import dev.taxon.sdk.wire.DatasetVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files larger than all the memory there is go up and come down as they are read and written. */
@Timeout(60)
final class StreamingTest {

    private static final int MEGABYTE = 1 << 20;

    /** The tests' heap is half of it (pom.xml). */
    private static final long SIZE = 256L * MEGABYTE;

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch firstPassed = new CountDownLatch(1);
    private final CountDownLatch seen = new CountDownLatch(1);

    private HttpServer server;
    private TaxonClient client;
    /** The last byte that came up. */
    private volatile int last;

    @BeforeEach
    void startServer() throws IOException {
        assertThat(SIZE)
                .as("more than the heap")
                .isGreaterThan(Runtime.getRuntime().maxMemory());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        client = TaxonClient.builder()
                .baseUrl(url)
                .apiKey("tx_k1_secret")
                .maxRetries(0)
                .build();
    }

    @AfterEach
    void stopServer() {
        seen.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void anUploadIsReadAsItIsSent() throws Exception {
        Path file = folder.resolve("rows.jsonl");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(SIZE);
        }
        answer(this::takeSlowly);

        CompletableFuture<DatasetVersion> uploaded =
                client.datasets().versions("mails").uploadAsync(file, DatasetFormat.JSONL);

        firstPassed.await();
        assertThat(uploaded).isNotDone();
        // What is not read from the file yet may still change: the last byte is sent as it is now.
        try (RandomAccessFile changed = new RandomAccessFile(file.toFile(), "rw")) {
            changed.seek(SIZE - 1);
            changed.write('\n');
        }
        seen.countDown();
        assertThat(uploaded.get().bytes()).isEqualTo(SIZE);
        assertThat(last).isEqualTo('\n');
    }

    /** Reads a megabyte, and the rest once the test has seen that; answers how many bytes came. */
    private void takeSlowly(HttpExchange exchange) throws IOException {
        InputStream body = exchange.getRequestBody();
        byte[] buffer = new byte[MEGABYTE];
        long bytes = body.readNBytes(buffer, 0, MEGABYTE);
        await();
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            bytes += read;
            last = read == 0 ? last : buffer[read - 1];
        }
        LoopbackServer.respond(exchange, 201, "{\"dataset\":\"mails\",\"version\":1,\"bytes\":" + bytes + "}");
    }

    @Test
    void aDownloadIsWrittenAsItComes() throws Exception {
        Path file = folder.resolve("export.zip");
        answer(this::giveSlowly);

        CompletableFuture<Path> exported = client.account().exportAsync(file);

        firstPassed.await();
        while (bytesInFolder() < MEGABYTE / 2) {
            Thread.sleep(10);
        }
        assertThat(exported).isNotDone();
        assertThat(file).doesNotExist();
        seen.countDown();
        assertThat(exported.get()).isEqualTo(file).hasSize(SIZE);
        assertThat(bytesInFolder()).isEqualTo(SIZE);
    }

    /** Sends a megabyte, and the rest once the test has seen that. */
    private void giveSlowly(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, SIZE);
        byte[] megabyte = new byte[MEGABYTE];
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(megabyte);
            body.flush();
            await();
            for (long sent = MEGABYTE; sent < SIZE; sent += MEGABYTE) {
                body.write(megabyte);
            }
        }
    }

    private void await() {
        firstPassed.countDown();
        try {
            seen.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpHandler handler) {
        server.createContext("/", handler);
    }

    private long bytesInFolder() throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }
}
