package dev.taxon.serving.http;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.jspecify.annotations.Nullable;

/** Says of every operation below {@code /v1} which key it takes and which problems it may answer with. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class DocumentedAnswers implements OASFilter {
    private static final String RESPONSES = "#/components/responses/";
    private static final Map<String, String> ALWAYS = Map.of(
            "400", "Invalid",
            "401", "Unauthenticated",
            "403", "Forbidden",
            "405", "MethodNotAllowed",
            "406", "NotAcceptable",
            "414", "AddressTooLong",
            "500", "Internal",
            "503", "Overloaded");
    private static final Map<String, String> WITH_BODY = Map.of(
            "409", "Conflict",
            "413", "TooLarge",
            "415", "UnsupportedType",
            "429", "QuotaExceeded");
    /** How operations are named that answer with 201. */
    private static final Pattern CREATING = Pattern.compile("(create|add|import)[A-Z].*");

    /** Operations that may be asked for something which is not there yet. */
    private static final Set<String> EARLY =
            Set.of("getDatasetReport", "listDatasetRows", "getJobResult", "compareAdapterVersions");

    /** Operations that last as long as their callers please, of which a tenant has only so many at a time. */
    private static final Set<String> STREAMING =
            Set.of("getJobResult", "watchJob", "exportAdapterVersion", "exportEverything");

    /** Operations that may name in a parameter what is not there. */
    private static final Set<String> NAMING = Set.of("listKeys", "listAudit", "listJobs");

    private static final Set<HttpMethod> CHANGING =
            Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getPaths() == null) {
            return;
        }
        nameOrObject(document.getComponents());
        document.getPaths().getPathItems().forEach((path, item) -> {
            if (path.startsWith("/v1/")) {
                item.getOperations().forEach((method, operation) -> complete(path, method, operation));
            }
        });
    }

    /** The generator adds to a schema that is an object or a string what would make it an object in any case. */
    private static void nameOrObject(@Nullable Components components) {
        if (components != null
                && components.getSchemas() != null
                && components.getSchemas().containsKey("Label")) {
            components.getSchemas().get("Label").type(null).properties(null).required(null);
        }
    }

    private static void complete(String path, HttpMethod method, Operation operation) {
        String key = path.startsWith("/v1/admin/") ? "operator" : "key";
        operation.setSecurity(List.of(OASFactory.createSecurityRequirement().addScheme(key, List.of())));
        APIResponses responses =
                operation.getResponses() == null ? OASFactory.createAPIResponses() : operation.getResponses();
        operation.setResponses(responses);
        moveToCreated(operation, responses);
        addAll(responses, ALWAYS);
        if (operation.getRequestBody() != null) {
            addAll(responses, WITH_BODY);
        }
        if (CHANGING.contains(method) || EARLY.contains(operation.getOperationId())) {
            add(responses, "409", "Conflict");
        }
        if (STREAMING.contains(operation.getOperationId())) {
            add(responses, "429", "QuotaExceeded");
        }
        if (path.contains("{") || CHANGING.contains(method) || NAMING.contains(operation.getOperationId())) {
            add(responses, "404", "NotFound");
        }
        if (path.startsWith("/v1/adapters/{name}") && CHANGING.contains(method)) {
            add(responses, "412", "PreconditionFailed");
        }
    }

    /** The generator does not know of {@code ResponseStatus}. */
    private static void moveToCreated(Operation operation, APIResponses responses) {
        APIResponse ok = responses.getAPIResponse("200");
        if (ok != null
                && CREATING.matcher(String.valueOf(operation.getOperationId())).matches()) {
            responses.removeAPIResponse("200");
            responses.addAPIResponse("201", ok.description("Created"));
        }
    }

    private static void addAll(APIResponses responses, Map<String, String> answers) {
        // The order of Map.of changes from run to run, and the document is compared with its snapshot.
        new TreeMap<>(answers).forEach((status, name) -> add(responses, status, name));
    }

    private static void add(APIResponses responses, String status, String name) {
        APIResponse known = responses.getAPIResponse(status);
        // What is generated of some has a status and nothing to say.
        if (known == null || (known.getRef() == null && known.getContent() == null)) {
            responses.addAPIResponse(status, OASFactory.createAPIResponse().ref(RESPONSES + name));
        }
    }
}
