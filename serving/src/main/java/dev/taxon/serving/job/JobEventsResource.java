package dev.taxon.serving.job;

import dev.taxon.serving.batching.Ticker;
import dev.taxon.serving.security.CallingTenant;
import dev.taxon.serving.tenant.Scope;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** What happens to jobs, as it happens, over HTTP. */
@Path("/v1/jobs/{id}/events")
@Tag(name = "jobs")
@Blocking
@RolesAllowed(Scope.TRAIN_WORD)
public class JobEventsResource {
    private final JobService service;
    private final EventStreams streams;
    private final CallingTenant tenant;
    private final Ticker ticker;

    JobEventsResource(JobService service, EventStreams streams, CallingTenant tenant, Ticker ticker) {
        this.service = service;
        this.streams = streams;
        this.tenant = tenant;
        this.ticker = ticker;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            operationId = "watchJob",
            summary = "Tells of a job's events as they happen",
            description =
                    "Server-sent events: all that happened so far, or after `Last-Event-ID`, then whatever happens"
                            + " until the job has ended, when the stream ends, too.")
    @APIResponse(
            responseCode = "200",
            description =
                    "The events: each with its number as `id`, its kind as `event`, and as `data` an object of `number`,"
                            + " `kind`, `data` and `at`",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema =
                                    @Schema(
                                            type = SchemaType.OBJECT,
                                            properties = {
                                                @SchemaProperty(name = "id", type = SchemaType.STRING),
                                                @SchemaProperty(name = "event", type = SchemaType.STRING),
                                                @SchemaProperty(name = "data", type = SchemaType.STRING)
                                            })))
    public void watch(
            @RestPath String id,
            @RestHeader("Last-Event-ID") @Nullable String last,
            @Context SseEventSink sink,
            @Context Sse sse) {
        UUID owner = tenant.id();
        UUID job = service.require(owner, JobIds.parse(id)).id();
        streams.open(new EventStream(owner, job, number(last), sink, sse, ticker));
    }

    private static int number(@Nullable String last) {
        if (last == null || last.isBlank()) {
            return 0;
        }
        try {
            return Integer.parseUnsignedInt(last.strip());
        } catch (NumberFormatException notOurs) {
            throw Field.invalid(
                    HttpHeaders.LAST_EVENT_ID_HEADER, "This is the number of the last event that was received.");
        }
    }
}
