package dev.taxon.serving.feedback;

import dev.taxon.sdk.wire.DatasetFormat;
import dev.taxon.sdk.wire.DatasetSource;
import dev.taxon.sdk.wire.DatasetVersion;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.NewDatasetVersion;
import dev.taxon.serving.dataset.DatasetUploads;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.serving.security.CallingTenant;
import dev.taxon.serving.tenant.Scope;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Feedback as a version of a data set, which is then read in like an upload. */
@Path("/v1/datasets/{name}/versions")
@Tag(name = "datasets")
public class FeedbackVersionResource {
    private final DatasetUploads uploads;
    private final FeedbackStore store;
    private final CallingTenant tenant;

    FeedbackVersionResource(DatasetUploads uploads, FeedbackStore store, CallingTenant tenant) {
        this.uploads = uploads;
        this.store = store;
        this.tenant = tenant;
    }

    @POST
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scope.TRAIN_WORD)
    @ResponseStatus(201)
    // The document has one operation a path and method: it is described where files are uploaded.
    @Operation(hidden = true)
    public DatasetVersion create(@RestPath String name, NewDatasetVersion request) {
        UUID caller = tenant.id();
        String adapter = request.feedback().adapter();
        return uploads.receive(
                caller, name, DatasetFormat.JSONL, DatasetSource.FEEDBACK, file -> write(caller, adapter, file));
    }

    private void write(UUID caller, @Nullable String adapter, OutputStream file) throws IOException {
        try (FeedbackLines lines = new FeedbackLines(file)) {
            store.read(caller, adapter, Instant.now(), lines::labelled);
            if (lines.written() == 0) {
                throw new ProblemException(
                        ErrorCode.CONFLICT,
                        "There is no accepted or corrected feedback to make rows of. POST some to /v1/feedback first.");
            }
        }
    }
}
