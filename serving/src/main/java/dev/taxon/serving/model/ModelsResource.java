package dev.taxon.serving.model;

import dev.taxon.sdk.wire.Model;
import dev.taxon.sdk.wire.Page;
import dev.taxon.serving.http.PageRequest;
import dev.taxon.serving.security.CallingTenant;
import dev.taxon.serving.tenant.Scope;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The base models: those that answer, and those that versions of the tenant still name. */
@Path("/v1/models")
@Tag(name = "models")
@Blocking
public class ModelsResource {
    private final Bases bases;
    private final RetiredBases retired;
    private final CallingTenant tenant;

    ModelsResource(Bases bases, RetiredBases retired, CallingTenant tenant) {
        this.bases = bases;
        this.retired = retired;
        this.tenant = tenant;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Scope.CLASSIFY_WORD, Scope.FEEDBACK_WORD, Scope.TRAIN_WORD, Scope.MANAGE_WORD})
    @Operation(
            operationId = "listModels",
            summary = "Lists the base models",
            description = "Adapters name the `digest` of the base that they belong to. The `current` one answers calls"
                    + " without adapter, and adapters are trained on it; a `deprecated` one answers for the versions that"
                    + " belong to it; a `retired` one does no more, but versions of the tenant belong to it.")
    public Page<Model> list(@RestQuery @Nullable Integer limit, @RestQuery @Nullable String after) {
        PageRequest page = PageRequest.of(limit, after);
        String known = Objects.requireNonNullElse(page.after(), "");
        Stream<Model> served = bases.all().stream().map(ModelsResource::model);
        List<Model> found = Stream.concat(served, retired.of(tenant.id()).stream())
                .sorted(Comparator.comparing(ModelsResource::mark))
                .filter(model -> mark(model).compareTo(known) > 0)
                .limit(page.limit() + 1L)
                .toList();
        return page.page(found, ModelsResource::mark);
    }

    /** Its place in the list: by state, the current one first, then by name; names may be those of several bases. */
    private static String mark(Model model) {
        int state = Objects.requireNonNull(model.state(), "a model of this server has a state")
                .ordinal();
        return state + " " + model.name() + " " + Objects.requireNonNullElse(model.digest(), "");
    }

    private static Model model(Base base) {
        return new Model(
                base.name(),
                base.classifier().digest().orElse(null),
                base.checkpoint().state(),
                base.classifier().precision().name().toLowerCase(Locale.ROOT));
    }
}
