package dev.taxon.serving.job;

import dev.taxon.sdk.wire.WireJson;
import dev.taxon.serving.batching.Ticker;
import dev.taxon.serving.queue.JobRecord;
import dev.taxon.serving.queue.Jobs;
import dev.taxon.serving.queue.StoredEvent;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** One caller who watches one job. Used by one thread at a time. */
final class EventStream {
    private static final int MOST = 500;

    /** Proxies cut connections on which nothing comes for a minute or so. */
    private static final long SILENCE_NANOS = Duration.ofSeconds(15).toNanos();

    private final UUID tenant;
    private final UUID job;
    private final SseEventSink sink;
    private final Sse sse;
    private final Ticker ticker;
    private int last;
    private long sentNanos;
    private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);

    /**
     * A stream.
     *
     * @param last the number of the event after which it begins
     */
    EventStream(UUID tenant, UUID job, int last, SseEventSink sink, Sse sse, Ticker ticker) {
        this.tenant = tenant;
        this.job = job;
        this.last = last;
        this.sink = sink;
        this.sse = sse;
        this.ticker = ticker;
        this.sentNanos = ticker.nanos();
    }

    /** Sends what is new; false when there is nothing more to come, or nobody to read it. */
    boolean goOn(Jobs jobs) {
        if (sink.isClosed()) {
            return false;
        }
        // Whether it has ended is asked before its events are read, so that none comes between.
        Optional<JobRecord> known = jobs.find(tenant, job);
        boolean ended = known.isEmpty() || known.get().endedAt() != null;
        List<StoredEvent> events = jobs.events(tenant, job, last, MOST);
        events.forEach(this::send);
        if (ended && events.size() < MOST) {
            sink.close();
            return false;
        }
        if (ticker.nanos() - sentNanos > SILENCE_NANOS) {
            // A comment, which readers of events pass over.
            send(sse.newEventBuilder().comment("still here").build());
        }
        return true;
    }

    private void send(StoredEvent event) {
        send(sse.newEventBuilder()
                .id(Integer.toString(event.number()))
                .name(event.kind())
                .data(WireJson.string(JobView.of(event)))
                .build());
        last = event.number();
    }

    private void send(OutboundSseEvent event) {
        sent = sink.send(event).toCompletableFuture();
        sentNanos = ticker.nanos();
    }

    /** Done when the caller's connection has taken all that was sent so far. */
    CompletableFuture<?> sent() {
        return sent.copy();
    }

    UUID tenant() {
        return tenant;
    }

    void close() {
        sink.close();
    }
}
