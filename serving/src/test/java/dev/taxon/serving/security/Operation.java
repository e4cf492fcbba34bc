package dev.taxon.serving.security;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One operation of the OpenAPI document, and the least that its body may be.
 *
 * @param type the body's media type; empty where it takes none
 * @param paged whether it answers in pages, hence takes {@code after}
 */
record Operation(String method, String template, String type, String body, boolean paged) {
    private static final Pattern PARAMETER = Pattern.compile("\\{[^}]+}");
    private static final int DEEPEST = 5;

    static Operation of(String template, String method, JsonNode operation, JsonNode document) {
        JsonNode content = operation.at("/requestBody/content");
        String type = content.isEmpty() ? "" : content.fieldNames().next();
        JsonNode schema = content.path(type).path("schema");
        String body =
                type.equals("application/json") ? least(schema, document, 0).toString() : "x";
        boolean paged = operation.path("parameters").findValuesAsText("name").contains("after");
        return new Operation(method.toUpperCase(Locale.ROOT), template, type, body, paged);
    }

    boolean admin() {
        return template.startsWith("/v1/admin/");
    }

    int parameters() {
        return (int) PARAMETER.matcher(template).results().count();
    }

    /** The path with every combination of these identifiers. */
    List<String> paths(List<String> identifiers) {
        return paths(template, identifiers).toList();
    }

    private static Stream<String> paths(String path, List<String> identifiers) {
        Matcher parameter = PARAMETER.matcher(path);
        return parameter.find()
                ? identifiers.stream().flatMap(value -> paths(parameter.replaceFirst(value), identifiers))
                : Stream.of(path);
    }

    /** The least document of a schema: what is required, and of that the simplest. */
    private static JsonNode least(JsonNode schema, JsonNode document, int depth) {
        if (schema.has("$ref")) {
            return least(document.at(schema.get("$ref").asText().substring(1)), document, depth);
        }
        if (schema.has("enum")) {
            return schema.get("enum").get(0);
        }
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (schema.path("type").asText("object")) {
            case "string" -> json.textNode("x");
            case "integer", "number" -> json.numberNode(1);
            case "boolean" -> json.booleanNode(false);
            case "array" -> json.arrayNode();
            default -> object(schema, document, depth);
        };
    }

    private static ObjectNode object(JsonNode schema, JsonNode document, int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        if (depth < DEEPEST) {
            schema.path("required")
                    .forEach(name -> object.set(
                            name.asText(), least(schema.path("properties").path(name.asText()), document, depth + 1)));
        }
        return object;
    }
}
