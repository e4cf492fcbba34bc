package dev.taxon.sdk;

import dev.taxon.sdk.wire.DatasetFormat;
import dev.taxon.sdk.wire.DatasetReport;
import dev.taxon.sdk.wire.DatasetRow;
import dev.taxon.sdk.wire.DatasetState;
import dev.taxon.sdk.wire.DatasetVersion;
import dev.taxon.sdk.wire.FeedbackSelection;
import dev.taxon.sdk.wire.NewDatasetVersion;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one data set, which never change but for rows that are erased. Thread-safe. Methods fail with a {@link
 * TaxonException}.
 */
public final class DatasetVersionsClient {

    private final Calls calls;
    private final String dataset;
    private final String path;

    DatasetVersionsClient(Calls calls, String dataset) {
        this.calls = calls;
        this.dataset = dataset;
        this.path = Paths.of("datasets", dataset, "versions");
    }

    /**
     * Uploads a file as the next version; it is streamed, whatever its size, and read by a worker afterwards.
     *
     * <pre>{@code
     * DatasetVersionsClient versions = client.datasets().versions("mails");
     * versions.await(versions.upload(Path.of("mails.csv"), DatasetFormat.CSV).version());
     * }</pre>
     *
     * @throws IllegalArgumentException where there is no such file
     */
    public DatasetVersion upload(Path file, DatasetFormat format) {
        return Futures.await(uploadAsync(file, format));
    }

    /**
     * As {@link #upload(Path, DatasetFormat)}.
     *
     * <pre>{@code client.datasets().versions("mails").uploadAsync(file, DatasetFormat.PARQUET).join()}</pre>
     */
    public CompletableFuture<DatasetVersion> uploadAsync(Path file, DatasetFormat format) {
        return calls.upload(path, file, format.mediaType(), DatasetVersion.class);
    }

    /**
     * Uploads rows that are in memory.
     *
     * <pre>{@code client.datasets().versions("mails").upload(jsonl.getBytes(UTF_8), DatasetFormat.JSONL)}</pre>
     */
    public DatasetVersion upload(byte[] rows, DatasetFormat format) {
        return Futures.await(uploadAsync(rows, format));
    }

    /**
     * As {@link #upload(byte[], DatasetFormat)}.
     *
     * <pre>{@code client.datasets().versions("mails").uploadAsync(rows, DatasetFormat.JSONL).join()}</pre>
     */
    public CompletableFuture<DatasetVersion> uploadAsync(byte[] rows, DatasetFormat format) {
        return calls.upload(path, BodyPublishers.ofByteArray(rows.clone()), format.mediaType(), DatasetVersion.class);
    }

    /**
     * Makes what people said of an adapter's answers the next version.
     *
     * <pre>{@code client.datasets().versions("corrections").createFromFeedback("support").rows()}</pre>
     *
     * @param adapter the adapter, of any version; everything that was said when null
     */
    public DatasetVersion createFromFeedback(@Nullable String adapter) {
        return Futures.await(createFromFeedbackAsync(adapter));
    }

    /**
     * As {@link #createFromFeedback}.
     *
     * <pre>{@code client.datasets().versions("corrections").createFromFeedbackAsync(null).join()}</pre>
     */
    public CompletableFuture<DatasetVersion> createFromFeedbackAsync(@Nullable String adapter) {
        return calls.create(path, new NewDatasetVersion(new FeedbackSelection(adapter)), DatasetVersion.class);
    }

    /**
     * The versions by number.
     *
     * <pre>{@code client.datasets().versions("mails").list().stream().map(DatasetVersion::rows).toList()}</pre>
     */
    public Paged<DatasetVersion> list() {
        return calls.list(path, DatasetVersion.class);
    }

    /**
     * One version: how far it is, and why it was refused.
     *
     * <pre>{@code client.datasets().versions("mails").get(2).state()}</pre>
     */
    public DatasetVersion get(int version) {
        return Futures.await(getAsync(version));
    }

    /**
     * As {@link #get}.
     *
     * <pre>{@code client.datasets().versions("mails").getAsync(2).thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<DatasetVersion> getAsync(int version) {
        return calls.get(Paths.of("datasets", dataset, "versions", version), DatasetVersion.class);
    }

    /**
     * Waits until a worker has read a version.
     *
     * <pre>{@code client.datasets().versions("mails").await(2).rows()}</pre>
     *
     * @return the version, ready
     * @throws DatasetRefusedException where it was refused, saying why; {@link #report} has all that was found
     */
    public DatasetVersion await(int version) {
        return Futures.await(awaitAsync(version));
    }

    /**
     * As {@link #await}, without holding a thread.
     *
     * <pre>{@code client.datasets().versions("mails").awaitAsync(2).thenAccept(System.out::println)}</pre>
     *
     * @return cancelling it ends the waiting
     */
    public CompletableFuture<DatasetVersion> awaitAsync(int version) {
        return Futures.map(
                new Waiting<>(calls, () -> getAsync(version), DatasetVersionsClient::ended).run(),
                DatasetVersionsClient::ready,
                failure -> failure);
    }

    /**
     * What the validation of a version found.
     *
     * <pre>{@code client.datasets().versions("mails").report(2).findings().forEach(System.out::println)}</pre>
     */
    public DatasetReport report(int version) {
        return Futures.await(reportAsync(version));
    }

    /**
     * As {@link #report}.
     *
     * <pre>{@code client.datasets().versions("mails").reportAsync(2).thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<DatasetReport> reportAsync(int version) {
        return calls.get(Paths.of("datasets", dataset, "versions", version, "report"), DatasetReport.class);
    }

    /**
     * The rows of a version in their order.
     *
     * <pre>{@code client.datasets().versions("mails").rows(2).stream().limit(5).forEach(System.out::println)}</pre>
     */
    public Paged<DatasetRow> rows(int version) {
        return calls.list(Paths.of("datasets", dataset, "versions", version, "rows"), DatasetRow.class);
    }

    /**
     * Deletes one version.
     *
     * <pre>{@code client.datasets().versions("mails").delete(2)}</pre>
     */
    public void delete(int version) {
        Futures.await(deleteAsync(version));
    }

    /**
     * As {@link #delete}.
     *
     * <pre>{@code client.datasets().versions("mails").deleteAsync(2).join()}</pre>
     */
    public CompletableFuture<@Nullable Void> deleteAsync(int version) {
        return calls.delete(Paths.of("datasets", dataset, "versions", version));
    }

    private static boolean ended(DatasetVersion version) {
        return version.state() == DatasetState.READY || version.state() == DatasetState.REFUSED;
    }

    private static DatasetVersion ready(DatasetVersion version) {
        if (version.state() == DatasetState.REFUSED) {
            throw DatasetRefusedException.of(version);
        }
        return version;
    }
}
