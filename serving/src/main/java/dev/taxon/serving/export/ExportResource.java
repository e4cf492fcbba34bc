package dev.taxon.serving.export;

import dev.taxon.serving.audit.Audit;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.http.CallRooms;
import dev.taxon.serving.security.CallingTenant;
import dev.taxon.serving.tenant.Scope;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A tenant that takes its things along. */
@Path("/v1/export")
@Tag(name = "tenant")
public class ExportResource {
    private final TenantTransactions transactions;
    private final TenantExport export;
    private final CallRooms rooms;
    private final CallingTenant caller;
    private final Audit audit;

    ExportResource(
            TenantTransactions transactions, TenantExport export, CallRooms rooms, CallingTenant caller, Audit audit) {
        this.transactions = transactions;
        this.export = export;
        this.rooms = rooms;
        this.caller = caller;
        this.audit = audit;
    }

    @GET
    @Blocking
    @Produces("application/zip")
    @RolesAllowed(Scope.MANAGE_WORD)
    @Operation(
            operationId = "exportEverything",
            summary = "Streams a zip of all that the tenant has",
            description = "Data sets as JSONL, adapters as PEFT folders, feedback as JSONL.")
    public Response export() {
        UUID tenant = caller.id();
        rooms.admitDownload(tenant);
        transactions.run(tenant, () -> audit.record("tenant.export", tenant.toString()));
        StreamingOutput body = out -> export.write(tenant, out);
        return Response.ok(body, "application/zip")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"taxon-export.zip\"")
                .build();
    }
}
