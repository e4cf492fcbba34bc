package dev.taxon.sdk;

import dev.taxon.sdk.wire.AdapterVersion;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one adapter, which never change: what they are, and how they come and go. Thread-safe. Methods fail with
 * a {@link TaxonException}.
 */
public final class AdapterVersionsClient {

    private final Calls calls;
    private final String adapter;
    private final String path;

    AdapterVersionsClient(Calls calls, String adapter) {
        this.calls = calls;
        this.adapter = adapter;
        this.path = Paths.of("adapters", adapter, "versions");
    }

    /**
     * The versions by number.
     *
     * <pre>{@code client.adapters().versions("support").list().stream().map(AdapterVersion::metrics).toList()}</pre>
     */
    public Paged<AdapterVersion> list() {
        return calls.list(path, AdapterVersion.class);
    }

    /**
     * One version with its metrics and lineage.
     *
     * <pre>{@code client.adapters().versions("support").get(3).metrics()}</pre>
     */
    public AdapterVersion get(int version) {
        return Futures.await(getAsync(version));
    }

    /**
     * As {@link #get}.
     *
     * <pre>{@code client.adapters().versions("support").getAsync(3).thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<AdapterVersion> getAsync(int version) {
        return calls.get(Paths.of("adapters", adapter, "versions", version), AdapterVersion.class);
    }

    /**
     * Imports a zip of a PEFT folder as the next version.
     *
     * <pre>{@code client.adapters().versions("support").importZip(Path.of("adapter.zip")).version()}</pre>
     *
     * @throws IllegalArgumentException where there is no such file
     */
    public AdapterVersion importZip(Path zip) {
        return Futures.await(importZipAsync(zip));
    }

    /**
     * As {@link #importZip}.
     *
     * <pre>{@code client.adapters().versions("support").importZipAsync(zip).thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<AdapterVersion> importZipAsync(Path zip) {
        return calls.upload(path, zip, Calls.ZIP, AdapterVersion.class);
    }

    /**
     * Exports a version as a zip of a PEFT folder.
     *
     * <pre>{@code client.adapters().versions("support").export(3, Path.of("support-3.zip"))}</pre>
     *
     * @param file made, or written over
     * @return the file
     * @throws java.io.UncheckedIOException where the file cannot be written
     */
    public Path export(int version, Path file) {
        return Futures.await(exportAsync(version, file));
    }

    /**
     * As {@link #export}.
     *
     * <pre>{@code client.adapters().versions("support").exportAsync(3, file).thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<Path> exportAsync(int version, Path file) {
        return calls.download(Paths.of("adapters", adapter, "versions", version, "export"), Calls.ZIP, file);
    }

    /**
     * Deletes a version that does not answer.
     *
     * <pre>{@code client.adapters().versions("support").delete(2)}</pre>
     *
     * @throws ConflictException where it answers
     */
    public void delete(int version) {
        Futures.await(deleteAsync(version));
    }

    /**
     * As {@link #delete}.
     *
     * <pre>{@code client.adapters().versions("support").deleteAsync(2).join()}</pre>
     */
    public CompletableFuture<@Nullable Void> deleteAsync(int version) {
        return calls.delete(Paths.of("adapters", adapter, "versions", version));
    }
}
