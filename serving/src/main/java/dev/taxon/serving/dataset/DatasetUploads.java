package dev.taxon.serving.dataset;

import dev.taxon.sdk.wire.DatasetFormat;
import dev.taxon.sdk.wire.DatasetSource;
import dev.taxon.sdk.wire.DatasetVersion;
import dev.taxon.serving.config.LimitSettings;
import dev.taxon.serving.http.BodyLimits;
import dev.taxon.serving.http.CallRooms;
import dev.taxon.serving.http.CurrentDeadline;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.jboss.logging.Logger;

/**
 * Takes files in as they come, unparsed, in the memory of one chunk. Whatever stops an upload, nothing of it stays.
 * Thread-safe.
 */
@Singleton
public final class DatasetUploads {
    private static final Logger LOG = Logger.getLogger(DatasetUploads.class);

    private final UploadStore store;
    private final LimitSettings limits;
    private final CallRooms rooms;
    private final CurrentDeadline deadline;

    DatasetUploads(UploadStore store, LimitSettings limits, CallRooms rooms, CurrentDeadline deadline) {
        this.store = store;
        this.limits = limits;
        this.rooms = rooms;
        this.deadline = deadline;
    }

    /** Writes a file's bytes, all of them. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream file) throws IOException;
    }

    /**
     * Takes in the body of a call.
     *
     * @param announced its length in bytes, 0 where that is not known
     * @throws dev.taxon.serving.http.ProblemException when there is no such data set, or the body is too large or no file
     *     of rows
     */
    DatasetVersion receive(UUID tenant, String dataset, DatasetFormat format, long announced, InputStream body) {
        UploadBody checked = new UploadBody(body, BodyLimits.datasetFile(limits));
        return rooms.uploads()
                .during(
                        tenant,
                        () -> receive(tenant, dataset, format, DatasetSource.UPLOAD, announced, checked::transferTo));
    }

    /** Takes in a file that somebody writes, in the place of an upload. */
    public DatasetVersion receive(
            UUID tenant, String dataset, DatasetFormat format, DatasetSource source, Content content) {
        return rooms.uploads().during(tenant, () -> receive(tenant, dataset, format, source, 0, content));
    }

    private DatasetVersion receive(
            UUID tenant, String dataset, DatasetFormat format, DatasetSource source, long announced, Content content) {
        UUID version = store.begin(tenant, dataset, format, source, announced);
        ChunkWriter chunks = new ChunkWriter((position, chunk, received) -> {
            deadline.check();
            store.add(tenant, version, position, chunk, received);
        });
        try {
            content.writeTo(chunks);
            chunks.end();
            return store.finish(tenant, dataset, version, chunks.bytes(), chunks.sha256OfAll());
        } catch (IOException hungUp) {
            abandon(tenant, version);
            throw new CancellationException("the caller hung up");
        } catch (RuntimeException | Error failure) {
            abandon(tenant, version);
            throw failure;
        }
    }

    private void abandon(UUID tenant, UUID version) {
        try {
            store.abandon(tenant, version);
        } catch (RuntimeException failure) {
            LOG.warn("What came of an upload that broke off could not be deleted; it will be in a while.");
        }
    }
}
