package dev.taxon.serving.http;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.examples.Example;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.jspecify.annotations.Nullable;

/**
 * Shows an example beside every body of JSON that has none of its own: those that the document names after the operation
 * whose answer it is, or else after the body's schema.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class DocumentedExamples implements OASFilter {
    private static final String EXAMPLES = "#/components/examples/";
    private static final String JSON = "application/json";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Components components = document.getComponents();
        if (document.getPaths() == null || components == null || components.getExamples() == null) {
            return;
        }
        Map<String, Example> examples = components.getExamples();
        document.getPaths()
                .getPathItems()
                .values()
                .forEach(item -> item.getOperations().values().forEach(operation -> complete(operation, examples)));
    }

    private static void complete(Operation operation, Map<String, Example> examples) {
        if (operation.getRequestBody() != null) {
            add(operation.getRequestBody().getContent(), "", examples);
        }
        operation.getResponses().getAPIResponses().forEach((status, response) -> {
            if (status.startsWith("2")) {
                add(response.getContent(), String.valueOf(operation.getOperationId()), examples);
            }
        });
    }

    private static void add(@Nullable Content content, String operation, Map<String, Example> examples) {
        MediaType body = content == null ? null : content.getMediaType(JSON);
        if (body == null || body.getExamples() != null) {
            return;
        }
        List<String> own = named(operation, examples);
        List<String> fitting = own.isEmpty() ? named(schema(body), examples) : own;
        fitting.forEach(name -> body.addExample(name, OASFactory.createExample().ref(EXAMPLES + name)));
    }

    private static List<String> named(String word, Map<String, Example> examples) {
        return examples.keySet().stream()
                .filter(name -> name.equals(word) || name.startsWith(word + "."))
                .sorted()
                .toList();
    }

    private static String schema(MediaType body) {
        String reference = body.getSchema() == null ? null : body.getSchema().getRef();
        return reference == null ? "" : reference.substring(reference.lastIndexOf('/') + 1);
    }
}
