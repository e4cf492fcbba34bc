package dev.taxon.serving.admin;

import dev.taxon.sdk.wire.AuditEntry;
import dev.taxon.sdk.wire.Page;
import dev.taxon.serving.audit.AuditLog;
import dev.taxon.serving.http.PageRequest;
import dev.taxon.serving.security.Operator;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The audit, for operators. */
@Path("/v1/admin/audit")
@Tag(name = "admin")
@Blocking
@RolesAllowed(Operator.ROLE)
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {
    private final AuditLog log;

    AuditResource(AuditLog log) {
        this.log = log;
    }

    @GET
    @Operation(
            operationId = "listAudit",
            summary = "Lists who did what, newest first",
            description = "Of one tenant with `tenant`, which may be one that is gone. Entries quote no texts.")
    public Page<AuditEntry> list(
            @QueryParam("tenant") @Nullable String tenant,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("after") @Nullable String after) {
        return log.page(tenant, PageRequest.of(limit, after));
    }
}
