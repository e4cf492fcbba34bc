package dev.taxon.serving.deployment;

import dev.taxon.sdk.wire.CanaryRequest;
import dev.taxon.sdk.wire.Comparison;
import dev.taxon.sdk.wire.Deployment;
import dev.taxon.sdk.wire.PromoteRequest;
import dev.taxon.sdk.wire.ShadowRequest;
import dev.taxon.serving.http.EntityTag;
import dev.taxon.serving.security.CallingTenant;
import dev.taxon.serving.tenant.Scope;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Which versions answer, over HTTP. */
@Path("/v1/adapters")
@Tag(name = "adapters")
@Blocking
@RolesAllowed(Scope.MANAGE_WORD)
@Produces(MediaType.APPLICATION_JSON)
public class DeploymentResource {
    private final Deployments deployments;
    private final ComparisonCounts comparisons;
    private final CallingTenant tenant;

    DeploymentResource(Deployments deployments, ComparisonCounts comparisons, CallingTenant tenant) {
        this.deployments = deployments;
        this.comparisons = comparisons;
        this.tenant = tenant;
    }

    @POST
    @Path("/{name}/promote")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "promoteAdapterVersion",
            summary = "Makes a version answer calls that name the adapter alone",
            description =
                    "Returns when every node answers by it: until then either version may, after that only the new one."
                            + " With `If-Match` only if the deployment is still as it was read (412 otherwise); with `require`"
                            + " only if the version is better than the active one (409 otherwise).")
    public RestResponse<Deployment> promote(
            @RestPath String name, @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch, PromoteRequest request) {
        return tagged(deployments.promote(tenant.id(), name, request, ifMatch));
    }

    @POST
    @Path("/{name}/rollback")
    @Operation(
            operationId = "rollbackAdapter",
            summary = "Makes the version answer again that did before the last promotion",
            description = "Returns as a promotion does. There is one step back, until the next promotion.")
    public RestResponse<Deployment> rollback(
            @RestPath String name, @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return tagged(deployments.rollback(tenant.id(), name, ifMatch));
    }

    @PUT
    @Path("/{name}/canary")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "setAdapterCanary",
            summary = "Lets a version answer a part of the calls",
            description =
                    "Calls with the same `X-Taxon-Routing-Key` fall on the same side, also while the part grows; calls"
                            + " without one fall anywhere. A null version ends it.")
    public RestResponse<Deployment> canary(
            @RestPath String name, @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch, CanaryRequest request) {
        return tagged(deployments.canary(tenant.id(), name, request, ifMatch));
    }

    @PUT
    @Path("/{name}/shadow")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "setAdapterShadow",
            summary = "Lets a version classify unseen what the active one answers",
            description =
                    "What both say is counted for `comparison`; a node that is busy leaves texts out. A null version ends"
                            + " it.")
    public RestResponse<Deployment> shadow(
            @RestPath String name, @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch, ShadowRequest request) {
        return tagged(deployments.shadow(tenant.id(), name, request, ifMatch));
    }

    @GET
    @Path("/{name}/comparison")
    @Operation(
            operationId = "compareAdapterVersions",
            summary = "Shows where a shadow and the active version agree",
            description =
                    "Counts by pair of best labels, some seconds old. Without versions the present shadow, or else the one"
                            + " that was counted last.")
    public Comparison comparison(
            @RestPath String name, @RestQuery @Nullable Integer active, @RestQuery @Nullable Integer other) {
        return comparisons.read(tenant.id(), name, active, other);
    }

    private static RestResponse<Deployment> tagged(Deployment deployment) {
        return RestResponse.ResponseBuilder.ok(deployment)
                .header(HttpHeaders.ETAG, EntityTag.of(deployment.generation()))
                .build();
    }
}
