package dev.taxon.serving.deployment;

import dev.taxon.sdk.wire.Adapter;
import dev.taxon.sdk.wire.Deployment;
import dev.taxon.sdk.wire.Page;
import dev.taxon.serving.http.EntityTag;
import dev.taxon.serving.http.PageRequest;
import dev.taxon.serving.security.CallingTenant;
import dev.taxon.serving.tenant.Scope;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Adapters over HTTP. Reading takes any scope that works with them. */
@Path("/v1/adapters")
@Tag(name = "adapters")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
public class AdapterResource {
    private final Adapters adapters;
    private final AdapterDeletion deletion;
    private final CallingTenant tenant;

    AdapterResource(Adapters adapters, AdapterDeletion deletion, CallingTenant tenant) {
        this.adapters = adapters;
        this.deletion = deletion;
        this.tenant = tenant;
    }

    @GET
    @RolesAllowed({Scope.CLASSIFY_WORD, Scope.TRAIN_WORD, Scope.MANAGE_WORD})
    @Operation(operationId = "listAdapters", summary = "Lists adapters by name, with what answers of each")
    public Page<Adapter> list(@RestQuery @Nullable Integer limit, @RestQuery @Nullable String after) {
        return adapters.list(tenant.id(), PageRequest.of(limit, after));
    }

    @GET
    @Path("/{name}")
    @RolesAllowed({Scope.CLASSIFY_WORD, Scope.TRAIN_WORD, Scope.MANAGE_WORD})
    @Operation(
            operationId = "getAdapter",
            summary = "Shows an adapter and what answers of it",
            description = "The header `ETag` is what promotions take in `If-Match`.")
    public RestResponse<Adapter> get(@RestPath String name) {
        Adapter adapter = adapters.get(tenant.id(), name);
        Deployment deployment = Objects.requireNonNull(adapter.deployment(), "an adapter that was read has one");
        return RestResponse.ResponseBuilder.ok(adapter)
                .header(HttpHeaders.ETAG, EntityTag.of(deployment.generation()))
                .build();
    }

    @DELETE
    @Path("/{name}")
    @RolesAllowed(Scope.MANAGE_WORD)
    @Operation(
            operationId = "deleteAdapter",
            summary = "Deletes an adapter with all its versions",
            description = "Refused while one of them is active, canary or shadow, unless `force` is true. Where a node"
                    + " is late (503), ask for the same again within a day: that waits for it.")
    public void delete(@RestPath String name, @RestQuery boolean force) {
        deletion.adapter(tenant.id(), name, force);
    }

    @DELETE
    @Path("/{name}/versions/{version}")
    @RolesAllowed(Scope.MANAGE_WORD)
    @Operation(
            operationId = "deleteAdapterVersion",
            summary = "Deletes a version",
            description = "Refused while it is active, canary or shadow. Its number is not given again. Where a node is"
                    + " late (503), ask for the same again within a day: that waits for it.")
    public void delete(@RestPath String name, @RestPath int version) {
        deletion.version(tenant.id(), name, version);
    }
}
