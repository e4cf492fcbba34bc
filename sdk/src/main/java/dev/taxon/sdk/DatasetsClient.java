package dev.taxon.sdk;

import dev.taxon.sdk.wire.Dataset;
import dev.taxon.sdk.wire.NewDataset;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Labelled rows, which come as {@linkplain #versions versions}; takes a key of the scope {@code train}. Thread-safe.
 * Methods fail with a {@link TaxonException}.
 */
public final class DatasetsClient {

    private final Calls calls;

    DatasetsClient(Calls calls) {
        this.calls = calls;
    }

    /**
     * Makes a data set without rows.
     *
     * <pre>{@code client.datasets().create("mails")}</pre>
     *
     * @throws ConflictException where there is one of this name
     */
    public Dataset create(String name) {
        return Futures.await(createAsync(name));
    }

    /**
     * As {@link #create}.
     *
     * <pre>{@code client.datasets().createAsync("mails").thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<Dataset> createAsync(String name) {
        return calls.create("/v1/datasets", new NewDataset(name), Dataset.class);
    }

    /**
     * The versions of one data set: uploads, reports, rows.
     *
     * <pre>{@code client.datasets().versions("mails").upload(Path.of("mails.csv"), DatasetFormat.CSV)}</pre>
     */
    public DatasetVersionsClient versions(String dataset) {
        return new DatasetVersionsClient(calls, dataset);
    }

    /**
     * The data sets by name.
     *
     * <pre>{@code client.datasets().list().forEach(dataset -> System.out.println(dataset.name()))}</pre>
     */
    public Paged<Dataset> list() {
        return calls.list("/v1/datasets", Dataset.class);
    }

    /**
     * One data set.
     *
     * <pre>{@code client.datasets().get("mails").latest()}</pre>
     */
    public Dataset get(String name) {
        return Futures.await(getAsync(name));
    }

    /**
     * As {@link #get}.
     *
     * <pre>{@code client.datasets().getAsync("mails").thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<Dataset> getAsync(String name) {
        return calls.get(Paths.of("datasets", name), Dataset.class);
    }

    /**
     * Deletes a data set with all its versions and rows.
     *
     * <pre>{@code client.datasets().delete("mails")}</pre>
     */
    public void delete(String name) {
        Futures.await(deleteAsync(name));
    }

    /**
     * As {@link #delete}.
     *
     * <pre>{@code client.datasets().deleteAsync("mails").join()}</pre>
     */
    public CompletableFuture<@Nullable Void> deleteAsync(String name) {
        return calls.delete(Paths.of("datasets", name));
    }

    /**
     * Erases a row from every version that has it, and marks the adapters that were trained on it.
     *
     * <pre>{@code client.datasets().eraseRow("mails", row.id())}</pre>
     */
    public void eraseRow(String dataset, String row) {
        Futures.await(eraseRowAsync(dataset, row));
    }

    /**
     * As {@link #eraseRow}.
     *
     * <pre>{@code client.datasets().eraseRowAsync("mails", row.id()).join()}</pre>
     */
    public CompletableFuture<@Nullable Void> eraseRowAsync(String dataset, String row) {
        return calls.delete(Paths.of("datasets", dataset, "rows", row));
    }
}
