package dev.taxon.serving.job;

import dev.taxon.sdk.wire.Job;
import dev.taxon.sdk.wire.JobRequest;
import dev.taxon.sdk.wire.JobState;
import dev.taxon.sdk.wire.Page;
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
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Jobs over HTTP. */
@Path("/v1/jobs")
@Tag(name = "jobs")
@Blocking
@RolesAllowed(Scope.TRAIN_WORD)
@Produces(MediaType.APPLICATION_JSON)
public class JobResource {
    private final JobIntake intake;
    private final JobService service;
    private final CallingTenant tenant;

    JobResource(JobIntake intake, JobService service, CallingTenant tenant) {
        this.intake = intake;
        this.service = service;
        this.tenant = tenant;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @Operation(
            operationId = "createJob",
            summary = "Asks for long work: training, evaluation, bulk classification",
            description =
                    "`lora` trains a version of an adapter from examples, `ppo` from rewards; `evaluate` judges an"
                            + " adapter or the model on a dataset version; `classify` classifies a dataset version or texts."
                            + " What is named without a version is taken as it stands now. `retrain` trains a version again"
                            + " on the current base model, as its lineage says unless told otherwise, and compares both.")
    public Job create(JobRequest request) {
        return intake.create(tenant.id(), request);
    }

    @GET
    @Operation(operationId = "listJobs", summary = "Lists jobs, the newest first")
    public Page<Job> list(
            @RestQuery @Nullable String state, @RestQuery @Nullable Integer limit, @RestQuery @Nullable String after) {
        return service.list(tenant.id(), state == null ? null : word(state), PageRequest.of(limit, after));
    }

    private static String word(String state) {
        return Arrays.stream(JobState.values())
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .filter(state::equals)
                .findFirst()
                .orElseThrow(() -> Field.invalid("state", "The states are " + words() + "."));
    }

    private static String words() {
        return Arrays.stream(JobState.values())
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getJob", summary = "Shows a job: its state, how far it is, why it failed")
    public Job get(@RestPath String id) {
        return service.find(tenant.id(), JobIds.parse(id));
    }

    @POST
    @Path("/{id}/cancel")
    @Operation(
            operationId = "cancelJob",
            summary = "Cancels a job",
            description =
                    "It is cancelled at once; its worker stops within seconds. A job that has ended is a conflict.")
    public Job cancel(@RestPath String id) {
        return service.cancel(tenant.id(), JobIds.parse(id));
    }
}
