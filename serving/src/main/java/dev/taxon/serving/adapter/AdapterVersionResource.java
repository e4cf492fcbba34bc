package dev.taxon.serving.adapter;

import dev.taxon.sdk.wire.AdapterVersion;
import dev.taxon.sdk.wire.Page;
import dev.taxon.serving.http.BodyEncoding;
import dev.taxon.serving.http.CallRooms;
import dev.taxon.serving.http.PageRequest;
import dev.taxon.serving.security.CallingTenant;
import dev.taxon.serving.tenant.Scope;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Versions of adapters over HTTP. Reading takes any scope that works with them. */
@Path("/v1/adapters")
@Tag(name = "adapters")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
public class AdapterVersionResource {
    private static final String ZIP = "application/zip";

    private final AdapterVersionList list;
    private final AdapterImport imports;
    private final AdapterExport export;
    private final CallRooms rooms;
    private final CallingTenant tenant;

    AdapterVersionResource(
            AdapterVersionList list,
            AdapterImport imports,
            AdapterExport export,
            CallRooms rooms,
            CallingTenant tenant) {
        this.list = list;
        this.imports = imports;
        this.export = export;
        this.rooms = rooms;
        this.tenant = tenant;
    }

    @GET
    @Path("/{name}/versions")
    @RolesAllowed({Scope.CLASSIFY_WORD, Scope.TRAIN_WORD, Scope.MANAGE_WORD})
    @Operation(operationId = "listAdapterVersions", summary = "Lists an adapter's versions by number")
    public Page<AdapterVersion> list(
            @RestPath String name, @RestQuery @Nullable Integer limit, @RestQuery @Nullable String after) {
        return list.page(tenant.id(), name, PageRequest.of(limit, after));
    }

    @GET
    @Path("/{name}/versions/{version}")
    @RolesAllowed({Scope.CLASSIFY_WORD, Scope.TRAIN_WORD, Scope.MANAGE_WORD})
    @Operation(operationId = "getAdapterVersion", summary = "Shows a version with its metrics and lineage")
    public AdapterVersion get(@RestPath String name, @RestPath int version) {
        return list.get(tenant.id(), name, version);
    }

    @POST
    @Path("/{name}/versions")
    @Consumes(ZIP)
    @ResponseStatus(201)
    @RolesAllowed(Scope.MANAGE_WORD)
    @Operation(
            operationId = "importAdapterVersion",
            summary = "Imports a folder of PEFT as the next version",
            description =
                    "The body is a zip of `adapter_config.json`, `adapter_model.safetensors` and, where there is one,"
                            + " `taxon.json`, at its top or in one folder. Without `taxon.json` the base stays unverified: only"
                            + " shapes are known to fit.")
    public AdapterVersion importVersion(@RestPath String name, @Context HttpHeaders headers, InputStream body) {
        BodyEncoding.requireNone(headers.getRequestHeader(HttpHeaders.CONTENT_ENCODING));
        UUID owner = tenant.id();
        return rooms.uploads().during(owner, () -> imports.receive(owner, name, body));
    }

    @GET
    @Path("/{name}/versions/{version}/export")
    @Produces(ZIP)
    @RolesAllowed({Scope.TRAIN_WORD, Scope.MANAGE_WORD})
    @Operation(operationId = "exportAdapterVersion", summary = "Exports a version as a zip of PEFT's folder")
    @APIResponse(
            responseCode = "200",
            description = "The folder, packed",
            content = @Content(mediaType = ZIP, schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Response export(@RestPath String name, @RestPath int version) {
        AdapterReference reference = AdapterReference.to(name, version);
        AdapterExport.Packing packing = export.pack(tenant.id(), reference);
        rooms.admitDownload(tenant.id());
        StreamingOutput body = packing::writeTo;
        return Response.ok(body, ZIP)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "-" + version + ".zip\"")
                .build();
    }
}
