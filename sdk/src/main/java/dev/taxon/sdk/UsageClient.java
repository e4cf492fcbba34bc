package dev.taxon.sdk;

import dev.taxon.sdk.wire.UsageReport;
import java.time.LocalDate;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the tenant used; takes a key of the scope {@code manage}. Thread-safe. Fails with a {@link TaxonException}. */
public final class UsageClient {

    private final Calls calls;

    UsageClient(Calls calls) {
        this.calls = calls;
    }

    /**
     * The last thirty days.
     *
     * <pre>{@code client.usage().get().days().forEach(day -> System.out.println(day.texts()))}</pre>
     */
    public UsageReport get() {
        return Futures.await(getAsync());
    }

    /**
     * As {@link #get()}.
     *
     * <pre>{@code client.usage().getAsync().thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<UsageReport> getAsync() {
        return getAsync(null, null);
    }

    /**
     * These days in UTC, both ends included, up to a year.
     *
     * <pre>{@code client.usage().get(LocalDate.parse("2026-11-01"), LocalDate.parse("2026-11-30"))}</pre>
     *
     * @param first thirty days before the last when null
     * @param last today when null
     */
    public UsageReport get(@Nullable LocalDate first, @Nullable LocalDate last) {
        return Futures.await(getAsync(first, last));
    }

    /**
     * As {@link #get(LocalDate, LocalDate)}.
     *
     * <pre>{@code client.usage().getAsync(LocalDate.parse("2026-11-01"), null).thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<UsageReport> getAsync(@Nullable LocalDate first, @Nullable LocalDate last) {
        return calls.get(Paths.query("/v1/usage", "from", first, "to", last), UsageReport.class);
    }
}
