package dev.taxon.serving.http;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Singleton;
import java.util.UUID;

/**
 * Room for the calls that last as long as their callers please, apart by kind: together they leave most of the server's
 * threads (200 and more) to those that are answered at once. Thread-safe.
 */
@Singleton
public final class CallRooms {
    private final CurrentVertxRequest request;
    private final CallRoom uploads = new CallRoom("uploads", 64, 16);
    private final CallRoom downloads = new CallRoom("downloads", 32, 8);
    private final CallRoom watchers = new CallRoom("streams of events", 1_000, 100);

    CallRooms(CurrentVertxRequest request) {
        this.request = request;
    }

    /** Of files that are taken in. */
    public CallRoom uploads() {
        return uploads;
    }

    /** Of streams that hold no thread. */
    public CallRoom watchers() {
        return watchers;
    }

    /** Gives the current call, which streams a file, a place until it has ended. Throws as {@link CallRoom#enter} does. */
    public void admitDownload(UUID tenant) {
        CallRoom.Place place = downloads.enter(tenant);
        CallEnd.then(request.getCurrent(), sent -> place.close());
    }
}
