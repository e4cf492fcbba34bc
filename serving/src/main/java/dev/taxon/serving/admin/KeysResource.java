package dev.taxon.serving.admin;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Key;
import dev.taxon.sdk.wire.NewKey;
import dev.taxon.sdk.wire.Page;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.serving.http.PageRequest;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.serving.security.Operator;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Tenants' keys, for operators. */
@Path("/v1/admin/keys")
@Tag(name = "admin")
@Blocking
@RolesAllowed(Operator.ROLE)
@Produces(MediaType.APPLICATION_JSON)
public class KeysResource {
    private final KeyAdministration keys;

    KeysResource(KeyAdministration keys) {
        this.keys = keys;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @Operation(
            operationId = "createKey",
            summary = "Makes a key of a tenant",
            description = "The key's `token` is in this answer and in no other: only its hash is stored.")
    public Key create(NewKey key) {
        return keys.create(key.tenant(), key.scopes());
    }

    @GET
    @Operation(
            operationId = "listKeys",
            summary = "Lists a tenant's keys without their secrets",
            description = "`tenant` is required. Revoked keys are listed, too.")
    public Page<Key> list(
            @QueryParam("tenant") @Nullable String tenant,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("after") @Nullable String after) {
        if (tenant == null) {
            throw new ProblemException(
                    Problem.of(ErrorCode.INVALID_REQUEST, "Say whose keys to list, as in '?tenant=acme'.")
                            .withAt("tenant"));
        }
        return keys.page(tenant, PageRequest.of(limit, after));
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "revokeKey", summary = "Revokes a key for good; nodes follow within seconds")
    public void revoke(@PathParam("id") String id) {
        keys.revoke(id);
    }
}
