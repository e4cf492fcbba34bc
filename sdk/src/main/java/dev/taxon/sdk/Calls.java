package dev.taxon.sdk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.taxon.sdk.wire.Page;
import dev.taxon.sdk.wire.WireErrors;
import dev.taxon.sdk.wire.WireFault;
import dev.taxon.sdk.wire.WireJson;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Calls of one client, and how their answers are read. Thread-safe. */
final class Calls {

    /** The type of archives. */
    static final String ZIP = "application/zip";

    private static final Duration LONGEST_UPLOAD = Duration.ofHours(1);

    private final Transport transport;
    private final Pacing pacing;
    private final @Nullable Duration deadline;

    Calls(Transport transport, Pacing pacing, @Nullable Duration deadline) {
        this.transport = transport;
        this.pacing = pacing;
        this.deadline = deadline;
    }

    <T> CompletableFuture<T> get(String path, Class<T> type) {
        return json(Call.of("GET", path), type);
    }

    /** The list at this path, which may have a query. */
    <T> Paged<T> list(String path, Class<T> type) {
        return new Paged<>(after -> page(Paths.query(path, "after", after), type));
    }

    private <T> CompletableFuture<Page<T>> page(String path, Class<T> type) {
        return Futures.map(
                send(Call.of("GET", path)),
                answer -> read(answer, WireJson.tolerantPageReader(type)),
                Function.identity());
    }

    /** A call that creates: sent again after a failure, it creates no second time. */
    <T> CompletableFuture<T> create(String path, Object body, Class<T> type) {
        return json(once(with(Call.of("POST", path), body)), type);
    }

    <T> CompletableFuture<T> send(String method, String path, Object body, Class<T> type) {
        return json(with(Call.of(method, path), body), type);
    }

    CompletableFuture<@Nullable Void> delete(String path) {
        return Futures.recover(
                Futures.map(send(Call.of("DELETE", path)), answer -> null, Function.identity()),
                Calls::wasDeletedBefore);
    }

    /** Sent again after an attempt of which nobody knows what came of it: that one was it. */
    private static boolean wasDeletedBefore(Throwable failure) {
        return failure instanceof NotFoundException && failure.getSuppressed().length > 0;
    }

    <T> CompletableFuture<T> json(Call<byte[]> call, Class<T> type) {
        return Futures.map(send(call), answer -> read(answer, type), Function.identity());
    }

    <T> CompletableFuture<Answer<T>> send(Call<T> call) {
        return transport.send(call.withRemaining(deadline));
    }

    /** As {@link Download#from}. */
    CompletableFuture<Path> download(String path, String type, Path file) {
        return new Download(file).from(this, path, type);
    }

    /**
     * Streams a file up as something new.
     *
     * @throws IllegalArgumentException where there is no such file
     */
    <T> CompletableFuture<T> upload(String path, Path file, String mediaType, Class<T> type) {
        try {
            return upload(path, BodyPublishers.ofFile(file), mediaType, type);
        } catch (FileNotFoundException missing) {
            throw new IllegalArgumentException("there is no file " + file.getFileName(), missing);
        }
    }

    /** Streams a body up as something new: sent again after a failure, it creates no second time. */
    <T> CompletableFuture<T> upload(String path, BodyPublisher body, String mediaType, Class<T> type) {
        return json(once(Call.of("POST", path).withBody(body, mediaType).withLimit(LONGEST_UPLOAD)), type);
    }

    /** A clock that never jumps. */
    long nanoTime() {
        return pacing.nanoTime().getAsLong();
    }

    /** Waits without holding a thread. */
    CompletableFuture<Void> sleep(Duration pause) {
        return pacing.sleeper().apply(pause);
    }

    static <T> Call<T> with(Call<T> call, Object body) {
        return call.withBody(BodyPublishers.ofByteArray(WireJson.bytes(body)), Call.JSON);
    }

    /** The same call under a key by which the server knows it again. */
    static <T> Call<T> once(Call<T> call) {
        return call.withHeader("Idempotency-Key", UUID.randomUUID().toString());
    }

    static <T> T read(Answer<byte[]> answer, Class<T> type) {
        return read(answer, WireJson.tolerantReader(type));
    }

    private static <T> T read(Answer<byte[]> answer, ObjectReader reader) {
        try {
            T value = reader.readValue(answer.body());
            if (value == null) {
                throw unreadable(answer, "it is empty");
            }
            return value;
        } catch (JsonProcessingException failure) {
            // Not kept as the cause: its message quotes the answer, and answers hold customers' words.
            WireFault fault = WireErrors.fault(failure);
            throw unreadable(answer, fault.at() + " " + fault.detail());
        } catch (IOException notCharacters) {
            throw unreadable(answer, "it is not JSON in UTF-8");
        }
    }

    static ServerException unreadable(Answer<?> answer, String why) {
        return new ServerException(Failure.unreadable(
                "the answer cannot be read: " + why.strip(),
                answer.status(),
                answer.headers().firstValue(Failures.REQUEST_ID).orElse(null)));
    }
}
