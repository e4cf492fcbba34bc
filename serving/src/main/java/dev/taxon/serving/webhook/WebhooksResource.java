package dev.taxon.serving.webhook;

import dev.taxon.sdk.wire.NewWebhook;
import dev.taxon.sdk.wire.Page;
import dev.taxon.sdk.wire.Webhook;
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
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Where a tenant is told of what happened. */
@Path("/v1/webhooks")
@Tag(name = "webhooks")
@Blocking
@RolesAllowed(Scope.MANAGE_WORD)
@Produces(MediaType.APPLICATION_JSON)
public class WebhooksResource {
    private final WebhookService webhooks;
    private final CallingTenant caller;

    WebhooksResource(WebhookService webhooks, CallingTenant caller) {
        this.webhooks = webhooks;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @Operation(
            operationId = "createWebhook",
            summary = "Has events posted to a URL",
            description = "Events are ends of jobs and promotions. The `secret` that they are signed with is in this"
                    + " answer and in no other. The URL is https and on the public internet, unless the operator allows"
                    + " more.")
    public Webhook create(NewWebhook webhook) {
        return webhooks.create(caller.id(), webhook.url());
    }

    @GET
    @Operation(operationId = "listWebhooks", summary = "Lists the webhooks")
    public Page<Webhook> list(
            @QueryParam("limit") @Nullable Integer limit, @QueryParam("after") @Nullable String after) {
        return webhooks.page(caller.id(), PageRequest.of(limit, after));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getWebhook", summary = "Tells of one webhook")
    public Webhook get(@PathParam("id") String id) {
        return webhooks.get(caller.id(), id);
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "deleteWebhook", summary = "Has no more events posted to a URL")
    public void delete(@PathParam("id") String id) {
        webhooks.delete(caller.id(), id);
    }
}
