package dev.taxon.serving.job;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.WireJson;
import dev.taxon.serving.http.CallRooms;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.serving.queue.JobKind;
import dev.taxon.serving.queue.JobRecord;
import dev.taxon.serving.queue.JobResults;
import dev.taxon.serving.security.CallingTenant;
import dev.taxon.serving.tenant.Scope;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** What came of jobs, over HTTP. */
@Path("/v1/jobs/{id}/result")
@Tag(name = "jobs")
@Blocking
@RolesAllowed(Scope.TRAIN_WORD)
public class JobResultResource {
    /** A result a line. */
    static final String LINES = "application/jsonl";

    private final JobService service;
    private final JobResults results;
    private final CallRooms rooms;
    private final CallingTenant tenant;

    JobResultResource(JobService service, JobResults results, CallRooms rooms, CallingTenant tenant) {
        this.service = service;
        this.results = results;
        this.rooms = rooms;
        this.tenant = tenant;
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, LINES})
    @Operation(
            operationId = "getJobResult",
            summary = "Fetches what came of a job that has succeeded",
            description = "Of `classify` a result a line in the order of the rows, each with its row's number from 1 as"
                    + " its `id`, kept for 30 days; of the other kinds one object, the job's `result`. A job without one is a"
                    + " conflict.")
    @APIResponse(
            responseCode = "200",
            description = "The result",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema =
                                @Schema(
                                        type = SchemaType.OBJECT,
                                        description = "As the job's `result`",
                                        additionalProperties = Schema.True.class)),
                @Content(
                        mediaType = LINES,
                        schema =
                                @Schema(
                                        type = SchemaType.STRING,
                                        description = "A line an object of the schema `ClassifyResult`"))
            })
    public Response get(@RestPath String id) {
        UUID owner = tenant.id();
        JobRecord job = service.requireResult(owner, JobIds.parse(id));
        if (job.kind() != JobKind.CLASSIFY) {
            return Response.ok(WireJson.bytes(Objects.requireNonNull(job.result())), MediaType.APPLICATION_JSON)
                    .build();
        }
        requireKept(job);
        rooms.admitDownload(owner);
        StreamingOutput lines = out -> results.copy(owner, job.id(), out);
        return Response.ok(lines, LINES).build();
    }

    private static void requireKept(JobRecord job) {
        Instant ended = Objects.requireNonNull(job.endedAt());
        if (ended.isBefore(Instant.now().minus(JobResults.KEPT))) {
            throw new ProblemException(
                    ErrorCode.NOT_FOUND,
                    "The results of this job were kept for " + JobResults.KEPT.toDays()
                            + " days after its end. Classify the texts again.");
        }
    }
}
