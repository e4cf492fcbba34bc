package dev.taxon.serving.feedback;

import dev.taxon.sdk.wire.Feedback;
import dev.taxon.sdk.wire.StoredFeedback;
import dev.taxon.serving.security.CallingTenant;
import dev.taxon.serving.tenant.Scope;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Feedback over HTTP. */
@Path("/v1/feedback")
@Tag(name = "feedback")
public class FeedbackResource {
    private final FeedbackService service;
    private final CallingTenant tenant;

    FeedbackResource(FeedbackService service, CallingTenant tenant) {
        this.service = service;
        this.tenant = tenant;
    }

    @POST
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scope.FEEDBACK_WORD)
    @Operation(
            operationId = "sendFeedback",
            summary = "Says whether a result was right",
            description =
                    "`corrected` takes the right `labels`, of those that were offered. `text` is needed where texts are"
                            + " not kept. A later word on the same result replaces an earlier one. Feedback is off until a tenant"
                            + " turns it on in its settings.")
    public StoredFeedback send(Feedback feedback) {
        return service.put(tenant.id(), feedback);
    }
}
