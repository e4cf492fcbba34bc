package dev.taxon.sdk;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.net.ssl.SSLException;

/** One attempt over HTTP. */
final class HttpTransport implements Transport {

    private final HttpClient http;
    private final ClientOptions options;
    private final Clock clock;

    HttpTransport(HttpClient http, ClientOptions options, Clock clock) {
        this.http = http;
        this.options = options;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<HttpResponse<byte[]>> send(Call call) {
        // A timeout on the request would end with the answer's headers; this one covers its body too.
        CompletableFuture<HttpResponse<byte[]>> bounded = Futures.map(
                        http.sendAsync(request(call), HttpResponse.BodyHandlers.ofByteArray()),
                        Function.identity(),
                        Function.identity())
                .orTimeout(Math.max(1, timeout(call).toMillis()), TimeUnit.MILLISECONDS);
        return Futures.map(bounded, this::successful, HttpTransport::typed);
    }

    private HttpRequest request(Call call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(options.uri(call.path()))
                .header("Authorization", options.apiKey().authorization())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, application/problem+json")
                .header("User-Agent", options.userAgent())
                .POST(call.body());
        options.headers().forEach(request::header);
        if (call.remaining() != null) {
            request.header(
                    "X-Taxon-Deadline-Ms",
                    Long.toString(Math.max(1, call.remaining().toMillis())));
        }
        return request.build();
    }

    private Duration timeout(Call call) {
        Duration remaining = call.remaining();
        return remaining != null && remaining.compareTo(options.timeout()) < 0 ? remaining : options.timeout();
    }

    private HttpResponse<byte[]> successful(HttpResponse<byte[]> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw Failures.of(answer, clock);
        }
        return answer;
    }

    private static Throwable typed(Throwable failure) {
        if (failure instanceof TimeoutException || failure instanceof HttpTimeoutException) {
            return new TaxonTimeoutException(Failure.unanswered("no answer in time", true), failure);
        }
        if (failure instanceof SSLException) {
            return new TaxonConnectionException(Failure.unanswered("no trusted connection", false), failure);
        }
        if (failure instanceof IOException) {
            return new TaxonConnectionException(Failure.unanswered("the connection failed", true), failure);
        }
        return failure;
    }
}
