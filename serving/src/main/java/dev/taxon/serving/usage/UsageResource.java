package dev.taxon.serving.usage;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.sdk.wire.UsageReport;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.serving.quota.Quotas;
import dev.taxon.serving.security.CallingTenant;
import dev.taxon.serving.tenant.Scope;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What the calling tenant used. */
@Path("/v1/usage")
@Tag(name = "usage")
public class UsageResource {
    private static final int USUAL_DAYS = 30;
    private static final int MOST_DAYS = 366;

    private final UsageStore store;
    private final Quotas quotas;
    private final CallingTenant tenant;

    UsageResource(UsageStore store, Quotas quotas, CallingTenant tenant) {
        this.store = store;
        this.quotas = quotas;
        this.tenant = tenant;
    }

    @GET
    @Blocking
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scope.MANAGE_WORD)
    @Operation(
            operationId = "getUsage",
            summary = "Tells what was used, day by day",
            description = "Days in UTC from `from` to `to`, both included; the last 30 when absent.")
    public UsageReport usage(@QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to) {
        LocalDate last = to == null ? LocalDate.now(ZoneOffset.UTC) : day("to", to);
        LocalDate first = from == null ? last.minusDays(USUAL_DAYS - 1L) : day("from", from);
        if (first.isAfter(last) || ChronoUnit.DAYS.between(first, last) >= MOST_DAYS) {
            throw invalid("from", "Ask for 1 to " + MOST_DAYS + " days, the first one in 'from'.");
        }
        return new UsageReport(store.between(tenant.id(), first, last), quotas.of(tenant.id()));
    }

    private static LocalDate day(String parameter, String value) {
        try {
            return LocalDate.parse(value);
        } catch (DateTimeException notADay) {
            throw invalid(parameter, "A day is written as 2026-11-25.");
        }
    }

    private static ProblemException invalid(String parameter, String detail) {
        return new ProblemException(
                Problem.of(ErrorCode.INVALID_REQUEST, detail).withAt(parameter));
    }
}
