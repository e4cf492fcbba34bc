package dev.taxon.serving.dataset;

import dev.taxon.sdk.wire.DatasetFormat;
import dev.taxon.sdk.wire.DatasetReport;
import dev.taxon.sdk.wire.DatasetRow;
import dev.taxon.sdk.wire.DatasetVersion;
import dev.taxon.sdk.wire.NewDatasetVersion;
import dev.taxon.sdk.wire.Page;
import dev.taxon.serving.http.BodyEncoding;
import dev.taxon.serving.http.PageRequest;
import dev.taxon.serving.security.CallingTenant;
import dev.taxon.serving.tenant.Scope;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Versions of data sets over HTTP. */
@Path("/v1/datasets/{name}/versions")
@Tag(name = "datasets")
@Blocking
@RolesAllowed(Scope.TRAIN_WORD)
@Produces(MediaType.APPLICATION_JSON)
public class DatasetVersionResource {
    private final Datasets datasets;
    private final DatasetUploads uploads;
    private final VersionContents contents;
    private final DatasetDeletion deletion;
    private final CallingTenant tenant;

    DatasetVersionResource(
            Datasets datasets,
            DatasetUploads uploads,
            VersionContents contents,
            DatasetDeletion deletion,
            CallingTenant tenant) {
        this.datasets = datasets;
        this.uploads = uploads;
        this.contents = contents;
        this.deletion = deletion;
        this.tenant = tenant;
    }

    /** Streams the body into the database while it comes; a caller that hangs up leaves nothing behind. */
    @POST
    @Consumes({"application/jsonl", "text/csv", "application/vnd.apache.parquet"})
    @ResponseStatus(201)
    @Operation(
            operationId = "addDatasetVersion",
            summary = "Adds the next version: uploads a file of labelled rows, or takes stored feedback",
            description =
                    "As a file, the body is of up to 1 GiB and streamed. It is stored as it is and read by a job, after"
                            + " which the version is `ready`, or `refused` with a problem that says which line is wrong and what to do."
                            + " As `application/json` it says which feedback becomes rows: corrected answers with their right labels,"
                            + " accepted ones with those that were answered.")
    @RequestBody(
            required = true,
            content = {
                @Content(mediaType = "application/jsonl", schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING)),
                @Content(
                        mediaType = "application/vnd.apache.parquet",
                        schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = NewDatasetVersion.class))
            })
    public DatasetVersion upload(@RestPath String name, @Context HttpHeaders headers, InputStream body) {
        BodyEncoding.requireNone(headers.getRequestHeader(HttpHeaders.CONTENT_ENCODING));
        DatasetFormat format = UploadType.format(headers.getHeaderString(HttpHeaders.CONTENT_TYPE));
        return uploads.receive(tenant.id(), name, format, Math.max(0, headers.getLength()), body);
    }

    @GET
    @Operation(operationId = "listDatasetVersions", summary = "Lists a data set's versions by number")
    public Page<DatasetVersion> list(
            @RestPath String name, @RestQuery @Nullable Integer limit, @RestQuery @Nullable String after) {
        return datasets.versions(tenant.id(), name, PageRequest.of(limit, after));
    }

    @GET
    @Path("/{version}")
    @Operation(operationId = "getDatasetVersion", summary = "Shows a version: how far it is, and why it was refused")
    public DatasetVersion get(@RestPath String name, @RestPath int version) {
        return datasets.version(tenant.id(), name, version);
    }

    @GET
    @Path("/{version}/report")
    @Operation(
            operationId = "getDatasetReport",
            summary = "Shows what the validation of a version found",
            description = "Counts, lines and names of labels; never a text. There once the version has been read.")
    public DatasetReport report(@RestPath String name, @RestPath int version) {
        return contents.report(tenant.id(), name, version);
    }

    @GET
    @Path("/{version}/rows")
    @Operation(
            operationId = "listDatasetRows",
            summary = "Lists a version's rows in the order of its file",
            description = "A page ends early where its texts are long.")
    public Page<DatasetRow> rows(
            @RestPath String name,
            @RestPath int version,
            @RestQuery @Nullable Integer limit,
            @RestQuery @Nullable String after) {
        return contents.rows(tenant.id(), name, version, PageRequest.of(limit, after));
    }

    @DELETE
    @Path("/{version}")
    @Operation(
            operationId = "deleteDatasetVersion",
            summary = "Deletes a version, and those of its rows that no other version has")
    public void delete(@RestPath String name, @RestPath int version) {
        deletion.version(tenant.id(), name, version);
    }
}
