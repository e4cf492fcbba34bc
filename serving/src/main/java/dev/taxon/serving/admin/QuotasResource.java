package dev.taxon.serving.admin;

import dev.taxon.sdk.wire.QuotaLimits;
import dev.taxon.serving.security.Operator;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Tenants' quotas, for operators. */
@Path("/v1/admin/quotas/{tenant}")
@Tag(name = "admin")
@Blocking
@RolesAllowed(Operator.ROLE)
@Produces(MediaType.APPLICATION_JSON)
public class QuotasResource {
    private final QuotaAdministration quotas;

    QuotasResource(QuotaAdministration quotas) {
        this.quotas = quotas;
    }

    @GET
    @Operation(operationId = "getQuotas", summary = "Tells a tenant's quotas; what is absent is not limited")
    public QuotaLimits get(@PathParam("tenant") String tenant) {
        return quotas.get(tenant);
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "setQuotas",
            summary = "Sets a tenant's quotas, all of them",
            description = "What is absent is not limited. Nodes follow within seconds.")
    public QuotaLimits set(@PathParam("tenant") String tenant, QuotaLimits limits) {
        return quotas.set(tenant, limits);
    }
}
