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
    public <T> CompletableFuture<Answer<T>> send(Call<T> call) {
        // A timeout on the request would end with the answer's headers; this one covers its body too.
        CompletableFuture<HttpResponse<Received<T>>> bounded = Futures.map(
                        http.sendAsync(request(call), Received.by(call.answer())),
                        Function.identity(),
                        Function.identity())
                .orTimeout(Math.max(1, timeout(call).toMillis()), TimeUnit.MILLISECONDS);
        return Futures.map(bounded, this::successful, HttpTransport::typed);
    }

    private HttpRequest request(Call<?> call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(options.uri(call.path()))
                .header("Authorization", options.apiKey().authorization())
                .header("User-Agent", options.userAgent())
                .method(call.method(), call.body());
        options.headers().forEach(request::header);
        call.headers().forEach(request::setHeader);
        if (!call.headers().containsKey("Accept")) {
            request.header("Accept", "application/json, application/problem+json");
        }
        if (call.remaining() != null) {
            request.header(
                    "X-Taxon-Deadline-Ms",
                    Long.toString(Math.max(1, call.remaining().toMillis())));
        }
        return request.build();
    }

    private Duration timeout(Call<?> call) {
        Duration remaining = call.remaining();
        Duration longest = call.limit() == null ? options.timeout() : call.limit();
        return remaining != null && remaining.compareTo(longest) < 0 ? remaining : longest;
    }

    private <T> Answer<T> successful(HttpResponse<Received<T>> answer) {
        Received<T> received = answer.body();
        if (received.value() == null) {
            byte[] problem = received.problem() == null ? new byte[0] : received.problem();
            throw Failures.of(answer.statusCode(), answer.headers(), problem, clock);
        }
        return new Answer<>(answer.statusCode(), answer.headers(), received.value());
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
