package dev.taxon.serving.capture;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.sdk.wire.Settings;
import dev.taxon.serving.audit.Audit;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.serving.security.CallingTenant;
import dev.taxon.serving.tenant.Scope;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a tenant chooses to have kept, over HTTP. */
@Path("/v1/settings")
@Tag(name = "settings")
@Blocking
@RolesAllowed(Scope.MANAGE_WORD)
@Produces(MediaType.APPLICATION_JSON)
public class SettingsResource {
    private final TenantTransactions transactions;
    private final TenantSettings settings;
    private final TextCapture capture;
    private final Audit audit;
    private final CallingTenant tenant;

    SettingsResource(
            TenantTransactions transactions,
            TenantSettings settings,
            TextCapture capture,
            Audit audit,
            CallingTenant tenant) {
        this.transactions = transactions;
        this.settings = settings;
        this.capture = capture;
        this.audit = audit;
        this.tenant = tenant;
    }

    @GET
    @Operation(operationId = "getSettings", summary = "Shows what is kept of this tenant's traffic")
    public Settings get() {
        return wire(settings.read(tenant.id()));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putSettings",
            summary = "Chooses what is kept of this tenant's traffic, and for how many days",
            description =
                    "Fields that are left out become their defaults: nothing is kept. Nodes follow within seconds; what"
                            + " was kept before is deleted once it is older than `retention_days`.")
    public Settings put(Settings request) {
        CaptureSettings chosen = new CaptureSettings(
                Boolean.TRUE.equals(request.captureTexts()),
                Boolean.TRUE.equals(request.feedback()),
                days(request.retentionDays()));
        transactions.run(tenant.id(), () -> {
            settings.write(chosen);
            audit.record("settings.put", "capture_texts=" + chosen.texts() + " feedback=" + chosen.feedback());
        });
        capture.forget(tenant.id());
        return wire(chosen);
    }

    private static int days(@Nullable Integer asked) {
        int days = asked == null ? CaptureSettings.OFF.retentionDays() : asked;
        if (days < 1 || days > CaptureSettings.MOST_DAYS) {
            throw new ProblemException(
                    Problem.of(ErrorCode.INVALID_REQUEST, "Days of retention are a number from 1 to 3650.")
                            .withAt("retention_days"));
        }
        return days;
    }

    private static Settings wire(CaptureSettings settings) {
        return new Settings(settings.texts(), settings.feedback(), settings.retentionDays());
    }
}
