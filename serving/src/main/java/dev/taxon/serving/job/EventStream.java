package dev.taxon.serving.job;

import dev.taxon.sdk.wire.WireJson;
import dev.taxon.serving.queue.JobRecord;
import dev.taxon.serving.queue.Jobs;
import dev.taxon.serving.queue.StoredEvent;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** One caller who watches one job. Used by one thread at a time. */
final class EventStream {
    private static final int MOST = 500;

    private final UUID tenant;
    private final UUID job;
    private final SseEventSink sink;
    private final Sse sse;
    private int last;
    private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);

    /**
     * A stream.
     *
     * @param last the number of the event after which it begins
     */
    EventStream(UUID tenant, UUID job, int last, SseEventSink sink, Sse sse) {
        this.tenant = tenant;
        this.job = job;
        this.last = last;
        this.sink = sink;
        this.sse = sse;
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
        return true;
    }

    private void send(StoredEvent event) {
        OutboundSseEvent made = sse.newEventBuilder()
                .id(Integer.toString(event.number()))
                .name(event.kind())
                .data(WireJson.string(JobView.of(event)))
                .build();
        sent = sink.send(made).toCompletableFuture();
        last = event.number();
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
