package dev.taxon.sdk;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The tenant as a whole, and how it leaves; takes a key of the scope {@code manage}. Thread-safe. Methods fail with a
 * {@link TaxonException}.
 */
public final class AccountClient {

    private final Calls calls;

    AccountClient(Calls calls) {
        this.calls = calls;
    }

    /**
     * Streams everything that the tenant has into a zip: data sets as JSONL, adapters as PEFT folders, feedback as JSONL.
     *
     * <pre>{@code client.account().export(Path.of("taxon-export.zip"))}</pre>
     *
     * @param file made, or written over
     * @return the file
     * @throws java.io.UncheckedIOException where the file cannot be written
     */
    public Path export(Path file) {
        return Futures.await(exportAsync(file));
    }

    /**
     * As {@link #export}.
     *
     * <pre>{@code client.account().exportAsync(file).thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<Path> exportAsync(Path file) {
        return calls.download("/v1/export", Calls.ZIP, file);
    }

    /**
     * Deletes the tenant with everything that is its own, for good, its keys included.
     *
     * <pre>{@code client.account().delete("acme")}</pre>
     *
     * @param name the tenant's own name, so that nothing is deleted by mistake
     * @throws BadRequestException where it is another
     */
    public void delete(String name) {
        Futures.await(deleteAsync(name));
    }

    /**
     * As {@link #delete}.
     *
     * <pre>{@code client.account().deleteAsync("acme").join()}</pre>
     */
    public CompletableFuture<@Nullable Void> deleteAsync(String name) {
        return calls.delete(Paths.query("/v1/tenant", "name", name));
    }
}
