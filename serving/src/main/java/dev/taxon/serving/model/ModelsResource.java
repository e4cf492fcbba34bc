package dev.taxon.serving.model;

import dev.taxon.core.Classifier;
import dev.taxon.sdk.wire.Model;
import dev.taxon.sdk.wire.ModelState;
import dev.taxon.sdk.wire.Page;
import dev.taxon.serving.tenant.Scope;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The base models that answer. */
@Path("/v1/models")
@Tag(name = "models")
public class ModelsResource {
    private final Classifier classifier;

    ModelsResource(Classifier classifier) {
        this.classifier = classifier;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Scope.CLASSIFY_WORD, Scope.FEEDBACK_WORD, Scope.TRAIN_WORD, Scope.MANAGE_WORD})
    @Operation(
            operationId = "listModels",
            summary = "Lists the base models",
            description = "Adapters name the `digest` of the base that they belong to.")
    public Page<Model> list() {
        Model served = new Model(
                classifier.name(),
                classifier.digest().orElse(null),
                ModelState.CURRENT,
                classifier.precision().name().toLowerCase(Locale.ROOT));
        return new Page<>(List.of(served), null);
    }
}
