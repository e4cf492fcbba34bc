package dev.taxon.serving.dataset;

import dev.taxon.sdk.wire.Dataset;
import dev.taxon.sdk.wire.NewDataset;
import dev.taxon.sdk.wire.Page;
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
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Data sets over HTTP. */
@Path("/v1/datasets")
@Tag(name = "datasets")
@Blocking
@RolesAllowed(Scope.TRAIN_WORD)
@Produces(MediaType.APPLICATION_JSON)
public class DatasetResource {
    private final Datasets datasets;
    private final DatasetDeletion deletion;
    private final CallingTenant tenant;

    DatasetResource(Datasets datasets, DatasetDeletion deletion, CallingTenant tenant) {
        this.datasets = datasets;
        this.deletion = deletion;
        this.tenant = tenant;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @Operation(operationId = "createDataset", summary = "Makes a data set, which versions are then added to")
    public Dataset create(NewDataset request) {
        return datasets.create(tenant.id(), request);
    }

    @GET
    @Operation(operationId = "listDatasets", summary = "Lists the data sets in the order of their names")
    public Page<Dataset> list(@RestQuery @Nullable Integer limit, @RestQuery @Nullable String after) {
        return datasets.list(tenant.id(), PageRequest.of(limit, after));
    }

    @GET
    @Path("/{name}")
    @Operation(operationId = "getDataset", summary = "Shows a data set")
    public Dataset get(@RestPath String name) {
        return datasets.get(tenant.id(), name);
    }

    @DELETE
    @Path("/{name}")
    @Operation(
            operationId = "deleteDataset",
            summary = "Deletes a data set with all its versions and rows",
            description =
                    "Adapters that were trained on it stay, and their versions tell how many of their rows are gone.")
    public void delete(@RestPath String name) {
        deletion.dataset(tenant.id(), name);
    }

    @DELETE
    @Path("/{name}/rows/{row}")
    @Operation(
            operationId = "eraseDatasetRow",
            summary = "Erases a row from every version of the data set",
            description =
                    "Adapters that were trained on such a version stay, and tell that rows of theirs were erased.")
    public void erase(@RestPath String name, @RestPath String row) {
        deletion.row(tenant.id(), name, row);
    }
}
