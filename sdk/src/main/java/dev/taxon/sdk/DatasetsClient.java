package dev.taxon.sdk;

import dev.taxon.sdk.wire.Dataset;
import dev.taxon.sdk.wire.DatasetFormat;
import dev.taxon.sdk.wire.DatasetReport;
import dev.taxon.sdk.wire.DatasetRow;
import dev.taxon.sdk.wire.DatasetState;
import dev.taxon.sdk.wire.DatasetVersion;
import dev.taxon.sdk.wire.FeedbackSelection;
import dev.taxon.sdk.wire.NewDataset;
import dev.taxon.sdk.wire.NewDatasetVersion;
import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Labelled rows and their versions; takes a key of the scope {@code train}. Thread-safe. Methods fail with a {@link
 * TaxonException}.
 */
public final class DatasetsClient {

    private static final Duration LONGEST_UPLOAD = Duration.ofHours(1);

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
     * The data sets by name.
     *
     * <pre>{@code client.datasets().list().forEach(dataset -> System.out.println(dataset.name()))}</pre>
     */
    public Paged<Dataset> list() {
        return new Paged<>(after -> calls.page(Paths.query("/v1/datasets", "after", after), Dataset.class));
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
     * Uploads a file as the next version; it is streamed, whatever its size, and read by a worker afterwards.
     *
     * <pre>{@code
     * DatasetVersion version = client.datasets().upload("mails", Path.of("mails.csv"), DatasetFormat.CSV);
     * client.datasets().await("mails", version.version());
     * }</pre>
     *
     * @throws IllegalArgumentException where there is no such file
     */
    public DatasetVersion upload(String name, Path file, DatasetFormat format) {
        return Futures.await(uploadAsync(name, file, format));
    }

    /**
     * As {@link #upload(String, Path, DatasetFormat)}.
     *
     * <pre>{@code client.datasets().uploadAsync("mails", file, DatasetFormat.PARQUET).thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<DatasetVersion> uploadAsync(String name, Path file, DatasetFormat format) {
        return upload(name, publisher(file), format);
    }

    /**
     * Uploads rows that are in memory.
     *
     * <pre>{@code client.datasets().upload("mails", jsonl.getBytes(UTF_8), DatasetFormat.JSONL)}</pre>
     */
    public DatasetVersion upload(String name, byte[] rows, DatasetFormat format) {
        return Futures.await(uploadAsync(name, rows, format));
    }

    /**
     * As {@link #upload(String, byte[], DatasetFormat)}.
     *
     * <pre>{@code client.datasets().uploadAsync("mails", rows, DatasetFormat.JSONL).join()}</pre>
     */
    public CompletableFuture<DatasetVersion> uploadAsync(String name, byte[] rows, DatasetFormat format) {
        return upload(name, BodyPublishers.ofByteArray(rows.clone()), format);
    }

    /**
     * Makes what people said of an adapter's answers the next version.
     *
     * <pre>{@code client.datasets().createFromFeedback("corrections", "support").rows()}</pre>
     *
     * @param adapter the adapter, of any version; everything that was said when null
     */
    public DatasetVersion createFromFeedback(String name, @Nullable String adapter) {
        return Futures.await(createFromFeedbackAsync(name, adapter));
    }

    /**
     * As {@link #createFromFeedback}.
     *
     * <pre>{@code client.datasets().createFromFeedbackAsync("corrections", null).thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<DatasetVersion> createFromFeedbackAsync(String name, @Nullable String adapter) {
        NewDatasetVersion version = new NewDatasetVersion(new FeedbackSelection(adapter));
        return calls.create(Paths.of("datasets", name, "versions"), version, DatasetVersion.class);
    }

    /**
     * The versions of a data set by number.
     *
     * <pre>{@code client.datasets().versions("mails").stream().map(DatasetVersion::rows).toList()}</pre>
     */
    public Paged<DatasetVersion> versions(String name) {
        return new Paged<>(after ->
                calls.page(Paths.query(Paths.of("datasets", name, "versions"), "after", after), DatasetVersion.class));
    }

    /**
     * One version: how far it is, and why it was refused.
     *
     * <pre>{@code client.datasets().version("mails", 2).state()}</pre>
     */
    public DatasetVersion version(String name, int version) {
        return Futures.await(versionAsync(name, version));
    }

    /**
     * As {@link #version}.
     *
     * <pre>{@code client.datasets().versionAsync("mails", 2).thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<DatasetVersion> versionAsync(String name, int version) {
        return calls.get(Paths.of("datasets", name, "versions", version), DatasetVersion.class);
    }

    /**
     * Waits until a worker has read a version.
     *
     * <pre>{@code client.datasets().await("mails", 2).rows()}</pre>
     *
     * @return the version, ready
     * @throws BadRequestException where it was refused, saying why; {@link #report} has all that was found
     */
    public DatasetVersion await(String name, int version) {
        return Futures.await(awaitAsync(name, version));
    }

    /**
     * As {@link #await}, without holding a thread.
     *
     * <pre>{@code client.datasets().awaitAsync("mails", 2).thenAccept(ready -> System.out.println(ready.rows()))}</pre>
     */
    public CompletableFuture<DatasetVersion> awaitAsync(String name, int version) {
        return Futures.map(
                new Waiting<>(calls, () -> versionAsync(name, version), DatasetsClient::ended).run(),
                DatasetsClient::ready,
                failure -> failure);
    }

    /**
     * What the validation of a version found.
     *
     * <pre>{@code client.datasets().report("mails", 2).findings().forEach(System.out::println)}</pre>
     */
    public DatasetReport report(String name, int version) {
        return Futures.await(reportAsync(name, version));
    }

    /**
     * As {@link #report}.
     *
     * <pre>{@code client.datasets().reportAsync("mails", 2).thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<DatasetReport> reportAsync(String name, int version) {
        return calls.get(Paths.of("datasets", name, "versions", version, "report"), DatasetReport.class);
    }

    /**
     * The rows of a version in their order.
     *
     * <pre>{@code client.datasets().rows("mails", 2).stream().limit(5).forEach(System.out::println)}</pre>
     */
    public Paged<DatasetRow> rows(String name, int version) {
        String path = Paths.of("datasets", name, "versions", version, "rows");
        return new Paged<>(after -> calls.page(Paths.query(path, "after", after), DatasetRow.class));
    }

    /**
     * Deletes one version.
     *
     * <pre>{@code client.datasets().deleteVersion("mails", 2)}</pre>
     */
    public void deleteVersion(String name, int version) {
        Futures.await(deleteVersionAsync(name, version));
    }

    /**
     * As {@link #deleteVersion}.
     *
     * <pre>{@code client.datasets().deleteVersionAsync("mails", 2).join()}</pre>
     */
    public CompletableFuture<@Nullable Void> deleteVersionAsync(String name, int version) {
        return calls.delete(Paths.of("datasets", name, "versions", version));
    }

    /**
     * Erases a row from every version that has it, and marks the adapters that were trained on it.
     *
     * <pre>{@code client.datasets().eraseRow("mails", row.id())}</pre>
     */
    public void eraseRow(String name, String row) {
        Futures.await(eraseRowAsync(name, row));
    }

    /**
     * As {@link #eraseRow}.
     *
     * <pre>{@code client.datasets().eraseRowAsync("mails", row.id()).join()}</pre>
     */
    public CompletableFuture<@Nullable Void> eraseRowAsync(String name, String row) {
        return calls.delete(Paths.of("datasets", name, "rows", row));
    }

    private CompletableFuture<DatasetVersion> upload(String name, BodyPublisher rows, DatasetFormat format) {
        Call<byte[]> call = Call.of("POST", Paths.of("datasets", name, "versions"))
                .withBody(rows, format.mediaType())
                .withLimit(LONGEST_UPLOAD);
        return calls.json(Calls.once(call), DatasetVersion.class);
    }

    private static BodyPublisher publisher(Path file) {
        try {
            return BodyPublishers.ofFile(file);
        } catch (FileNotFoundException missing) {
            throw new IllegalArgumentException("there is no file " + file.getFileName(), missing);
        }
    }

    private static boolean ended(DatasetVersion version) {
        return version.state() == DatasetState.READY || version.state() == DatasetState.REFUSED;
    }

    private static DatasetVersion ready(DatasetVersion version) {
        if (version.state() == DatasetState.REFUSED) {
            throw Failures.ofEnded("the dataset version was refused", version.problem());
        }
        return version;
    }
}
