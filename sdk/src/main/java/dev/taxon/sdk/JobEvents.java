package dev.taxon.sdk;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.taxon.sdk.wire.JobEvent;
import dev.taxon.sdk.wire.WireErrors;
import dev.taxon.sdk.wire.WireJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a job, as it happens (server-sent events). Waits for the next event; ends when the job has. Used by one
 * thread at a time; another may close it, which ends the waiting.
 *
 * <pre>{@code
 * try (JobEvents events = client.jobs().events(id)) {
 *     events.forEachRemaining(event -> System.out.println(event.kind()));
 * }
 * }</pre>
 */
public final class JobEvents implements Iterator<JobEvent>, AutoCloseable {

    private static final int MOST_BREAKS = 5;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** A connection that was held for so long did not fail: a job may wait for hours, and proxies cut what is silent. */
    private static final Duration HELD = Duration.ofSeconds(10);

    private static final Set<String> ENDS = Set.of("succeeded", "failed", "cancelled");

    private final Calls calls;
    private final String path;
    private volatile @Nullable EventConnection connection;
    private long connectedAt;
    private @Nullable JobEvent next;
    private int last;
    private int breaks;
    private boolean answered;
    private boolean ended;
    private volatile boolean closed;
    private volatile CompletableFuture<?> waiting = CompletableFuture.completedFuture(null);

    JobEvents(Calls calls, String path) {
        this.calls = calls;
        this.path = path;
    }

    /**
     * Waits for the next event.
     *
     * <pre>{@code while (events.hasNext()) { show(events.next()); }}</pre>
     *
     * @return false when the job has ended and all was told
     * @throws TaxonException where the server does not answer any more
     */
    @Override
    public boolean hasNext() {
        while (next == null && !ended && !closed) {
            next = read();
        }
        return next != null;
    }

    /**
     * The next event.
     *
     * <pre>{@code JobEvent event = events.next();}</pre>
     */
    @Override
    public JobEvent next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException("the job has ended");
        }
        JobEvent event = next;
        next = null;
        last = event.number();
        return event;
    }

    /**
     * Hangs up; may be called more than once, and by any thread.
     *
     * <pre>{@code scheduler.schedule(events::close, 10, TimeUnit.MINUTES)}</pre>
     */
    @Override
    public void close() {
        closed = true;
        waiting.cancel(true);
        hangUp();
    }

    private @Nullable JobEvent read() {
        try {
            EventConnection open = connection();
            if (open == null) {
                return null;
            }
            JobEvent event = event(open.next());
            breaks = 0;
            return event;
        } catch (IOException broken) {
            // A server that stops, or has lost its database, closes streams in order; only the job's end ends the
            // events.
            goOnAfter(broken);
            return null;
        } catch (TaxonException failure) {
            // A server that answered before may be on its way back.
            if (!answered || !failure.retryable() || Thread.currentThread().isInterrupted()) {
                throw failure;
            }
            goOnAfter(failure);
            return null;
        }
    }

    private JobEvent event(String data) {
        try {
            JobEvent event = WireJson.readTolerant(data.getBytes(StandardCharsets.UTF_8), JobEvent.class);
            ended = event.data().get("state") instanceof String state && ENDS.contains(state);
            return event;
        } catch (JsonProcessingException unreadable) {
            throw new ServerException(Failure.unreadable(
                    "an event cannot be read: " + WireErrors.fault(unreadable).detail(), 200, null));
        }
    }

    private void goOnAfter(Exception broken) {
        if (connection != null && calls.nanoTime() - connectedAt >= HELD.toNanos()) {
            breaks = 0;
        }
        hangUp();
        if (closed) {
            return;
        }
        if (++breaks > MOST_BREAKS) {
            throw new TaxonConnectionException(
                    Failure.unanswered("the connection for a job's events broke", true), broken);
        }
        awaitUnlessClosed(calls.sleep(PAUSE.multipliedBy(breaks - 1L)));
    }

    /** Null where somebody closed this meanwhile. */
    private <T> @Nullable T awaitUnlessClosed(CompletableFuture<T> future) {
        waiting = future;
        if (closed) {
            future.cancel(true);
        }
        try {
            return Futures.await(future);
        } catch (CancellationException hungUp) {
            if (!closed) {
                throw hungUp;
            }
            return null;
        }
    }

    /** Null where somebody closed this meanwhile. */
    private @Nullable EventConnection connection() {
        EventConnection open = connection;
        if (open == null) {
            Answer<InputStream> answer = connect();
            if (answer == null) {
                return null;
            }
            open = new EventConnection(answer.body(), EventConnection.SILENCE);
            answered = true;
            connectedAt = calls.nanoTime();
            connection = open;
            if (closed) {
                hangUp();
            }
        }
        return open;
    }

    private @Nullable Answer<InputStream> connect() {
        Call<InputStream> call = Call.of("GET", path)
                .withHeader("Accept", "text/event-stream, application/problem+json")
                .withAnswer(BodyHandlers.ofInputStream());
        Call<InputStream> from = last == 0 ? call : call.withHeader("Last-Event-ID", Integer.toString(last));
        return awaitUnlessClosed(calls.send(from));
    }

    private void hangUp() {
        EventConnection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException unlikely) {
                throw new UncheckedIOException(unlikely);
            }
        }
    }
}
