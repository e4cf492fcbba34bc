package dev.taxon.serving.admin;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.serving.security.CallingTenant;
import dev.taxon.serving.tenant.Scope;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** A tenant that leaves. */
@Path("/v1/tenant")
@Tag(name = "tenant")
public class TenantResource {
    private final TenantAdministration tenants;
    private final CallingTenant caller;

    TenantResource(TenantAdministration tenants, CallingTenant caller) {
        this.tenants = tenants;
        this.caller = caller;
    }

    @DELETE
    @Blocking
    @RolesAllowed(Scope.MANAGE_WORD)
    @Operation(
            operationId = "leave",
            summary = "Deletes the calling tenant and everything that is its own, for good",
            description = "`name` must be the tenant's own name, so that nobody leaves by mistake.")
    public void leave(@QueryParam("name") @Nullable String name) {
        UUID tenant = caller.id();
        if (!tenants.name(tenant).equals(name)) {
            throw new ProblemException(Problem.of(
                            ErrorCode.INVALID_REQUEST,
                            "Everything would be deleted for good. Send the tenant's own name, as in '?name=acme'.")
                    .withAt("name"));
        }
        tenants.delete(tenant);
    }
}
