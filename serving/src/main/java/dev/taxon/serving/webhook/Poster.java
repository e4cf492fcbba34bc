package dev.taxon.serving.webhook;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Posts to a target's own address, whatever its name means by now; follows nothing, and reads no more of an answer than
 * its status. Thread-safe.
 */
@Singleton
final class Poster {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final HttpClient client;

    Poster(Vertx vertx) {
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(false).setConnectTimeout((int) LONGEST.toMillis()));
    }

    /**
     * Posts JSON and waits for the status, up to ten seconds.
     *
     * @throws ExecutionException where no answer came
     */
    int post(Target target, Map<String, String> headers, byte[] body)
            throws ExecutionException, TimeoutException, InterruptedException {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(
                        target.port(), target.address().getHostAddress()))
                .setHost(target.host())
                .setPort(target.port())
                .setSsl(target.secure())
                .setURI(target.path())
                .setFollowRedirects(false)
                .setTimeout(LONGEST.toMillis());
        headers.forEach(options::putHeader);
        Future<Integer> status = client.request(options)
                .compose(request -> request.send(Buffer.buffer(body)).map(response -> status(request, response)));
        return status.toCompletionStage().toCompletableFuture().get(2 * LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The rest of the answer may be long, and nobody wants it. */
    private static int status(HttpClientRequest request, HttpClientResponse response) {
        response.exceptionHandler(ended -> {});
        request.reset();
        return response.statusCode();
    }
}
