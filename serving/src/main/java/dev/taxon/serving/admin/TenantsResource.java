package dev.taxon.serving.admin;

import dev.taxon.sdk.wire.Key;
import dev.taxon.sdk.wire.NewTenant;
import dev.taxon.sdk.wire.Page;
import dev.taxon.sdk.wire.Tenant;
import dev.taxon.sdk.wire.TenantChange;
import dev.taxon.serving.http.PageRequest;
import dev.taxon.serving.security.Operator;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Tenants, for operators. */
@Path("/v1/admin/tenants")
@Tag(name = "admin")
@Blocking
@RolesAllowed(Operator.ROLE)
@Produces(MediaType.APPLICATION_JSON)
public class TenantsResource {
    private final TenantAdministration tenants;
    private final KeyAdministration keys;

    TenantsResource(TenantAdministration tenants, KeyAdministration keys) {
        this.tenants = tenants;
        this.keys = keys;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @Operation(
            operationId = "createTenant",
            summary = "Makes a tenant and its first key",
            description = "The key's `token` is in this answer and in no other: only its hash is stored.")
    public RestResponse<Key> create(NewTenant tenant) {
        Key key = keys.createTenant(tenant.name(), tenant.scopes());
        return RestResponse.ResponseBuilder.<Key>created(URI.create("/v1/admin/tenants/" + key.tenant()))
                .entity(key)
                .build();
    }

    @GET
    @Operation(operationId = "listTenants", summary = "Lists the tenants by name")
    public Page<Tenant> list(
            @QueryParam("limit") @Nullable Integer limit, @QueryParam("after") @Nullable String after) {
        return tenants.page(PageRequest.of(limit, after));
    }

    @GET
    @Path("/{name}")
    @Operation(operationId = "getTenant", summary = "Tells of one tenant")
    public Tenant get(@PathParam("name") String name) {
        return tenants.get(name);
    }

    @PATCH
    @Path("/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "changeTenant",
            summary = "Suspends a tenant, or ends that",
            description = "Keys of a suspended tenant are refused with 403 within seconds; nothing of it is lost.")
    public Tenant change(@PathParam("name") String name, TenantChange change) {
        return tenants.change(name, change.state());
    }

    @DELETE
    @Path("/{name}")
    @Operation(operationId = "deleteTenant", summary = "Deletes a tenant and everything that is its own, for good")
    public void delete(@PathParam("name") String name) {
        tenants.delete(name);
    }
}
