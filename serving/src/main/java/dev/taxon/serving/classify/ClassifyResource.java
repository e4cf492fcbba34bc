package dev.taxon.serving.classify;

import dev.taxon.sdk.wire.ClassifyRequest;
import dev.taxon.sdk.wire.ClassifyResponse;
import dev.taxon.serving.batching.Share;
import dev.taxon.serving.batching.Ticker;
import dev.taxon.serving.capture.TextCapture;
import dev.taxon.serving.http.Call;
import dev.taxon.serving.http.CallEnd;
import dev.taxon.serving.http.Headers;
import dev.taxon.serving.quota.Meter;
import dev.taxon.serving.quota.Quotas;
import dev.taxon.serving.security.CallingTenant;
import dev.taxon.serving.tenant.Scope;
import dev.taxon.serving.usage.UsageCounter;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Classification over HTTP. */
@Path("/v1/classify")
@Tag(name = "classify")
public class ClassifyResource {
    private final ClassifyService service;
    private final Ticker ticker;
    private final CallingTenant tenant;
    private final Quotas quotas;
    private final Meter meter;
    private final UsageCounter usage;
    private final TextCapture capture;

    ClassifyResource(
            ClassifyService service,
            Ticker ticker,
            CallingTenant tenant,
            Quotas quotas,
            Meter meter,
            UsageCounter usage,
            TextCapture capture) {
        this.service = service;
        this.ticker = ticker;
        this.tenant = tenant;
        this.quotas = quotas;
        this.meter = meter;
        this.usage = usage;
        this.capture = capture;
    }

    /**
     * Classifies on a worker thread up to the queue; no thread waits while the rows do. A caller that hangs up, or whose
     * deadline passes, takes its waiting rows along.
     */
    @POST
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scope.CLASSIFY_WORD)
    @Operation(
            operationId = "classify",
            summary = "Scores texts against labels",
            description = "Takes either `inputs`, each with its own labels and options, or `texts` that share them."
                    + " Results come in the order of the texts. A request is refused as a whole when any part of it is"
                    + " not valid, and the problem names the place, such as `inputs[3].labels[1]`.")
    public CompletionStage<ClassifyResponse> classify(ClassifyRequest request, RoutingContext routing) {
        Call call = Call.of(routing);
        UUID caller = tenant.id();
        Caller asking = new Caller(share(caller), routingKey(routing, call));
        ClassifyService.Pending pending =
                service.classify(request, call, asking, texts -> meter.take(caller, texts, routing));
        call.deadline()
                .left(ticker.nanos())
                .ifPresent(left -> pending.rows().orTimeout(left.toNanos(), TimeUnit.NANOSECONDS));
        pending.response().whenComplete((response, failure) -> {
            if (failure != null) {
                pending.close();
            }
        });
        CallEnd.then(routing, sent -> {
            pending.close();
            if (!sent) {
                pending.rows().cancel(false);
            }
        });
        return pending.response().thenApply(response -> {
            usage.count(caller, response.usage().texts(), response.usage().tokens());
            capture.keep(caller, () -> AnswersToKeep.of(pending.tasks(), response));
            return response;
        });
    }

    private Share share(UUID caller) {
        return new Share(caller, quotas.of(caller).weight());
    }

    private static String routingKey(RoutingContext routing, Call call) {
        String key = routing.request().getHeader(Headers.ROUTING_KEY);
        return key == null || key.isEmpty() ? call.requestId() : key;
    }
}
