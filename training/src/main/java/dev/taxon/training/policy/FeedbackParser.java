package dev.taxon.training.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.training.policy.FeedbackRow.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One object to one row; its {@link IllegalArgumentException} says what is wrong with the row and never quotes it. */
final class FeedbackParser {
    private static final String FIELDS = "text, labels, predicted, verdict and true_labels";
    private static final Set<String> NEEDED = Set.of("text", "labels", "predicted", "verdict");

    private FeedbackParser() {}

    static FeedbackRow parse(JsonNode row) {
        if (!row.isObject()) {
            throw new IllegalArgumentException("is not a JSON object; a row has the fields " + FIELDS + ".");
        }
        for (Map.Entry<String, JsonNode> field : row.properties()) {
            if (!NEEDED.contains(field.getKey()) && !field.getKey().equals("true_labels")) {
                throw new IllegalArgumentException("has a field other than " + FIELDS + "; remove it.");
            }
        }
        return new FeedbackRow(
                string(field(row, "text"), "text"),
                strings(field(row, "labels"), "labels"),
                strings(field(row, "predicted"), "predicted"),
                verdict(string(field(row, "verdict"), "verdict")),
                Optional.ofNullable(row.get("true_labels")).map(labels -> strings(labels, "true_labels")));
    }

    private static JsonNode field(JsonNode row, String name) {
        JsonNode field = row.get(name);
        if (field == null) {
            throw new IllegalArgumentException("lacks " + name + "; a row has the fields " + FIELDS + ".");
        }
        return field;
    }

    private static String string(JsonNode node, String name) {
        if (!node.isTextual()) {
            throw new IllegalArgumentException("has something other than a string in " + name + ".");
        }
        String string = node.textValue();
        if (string.isBlank()) {
            throw new IllegalArgumentException("has a blank string in " + name + "; fill it in or remove the row.");
        }
        if (string.codePoints().anyMatch(character -> character >= 0xD800 && character <= 0xDFFF)) {
            throw new IllegalArgumentException(
                    "has half of a surrogate pair in " + name + ", which is not a character; remove it.");
        }
        return string;
    }

    private static List<String> strings(JsonNode node, String name) {
        if (!node.isArray()) {
            throw new IllegalArgumentException("has something other than a list of strings in " + name + ".");
        }
        List<String> strings = new ArrayList<>();
        for (JsonNode element : node) {
            strings.add(string(element, name));
        }
        return strings;
    }

    private static Verdict verdict(String name) {
        for (Verdict verdict : Verdict.values()) {
            if (verdict.name().toLowerCase(Locale.ROOT).equals(name)) {
                return verdict;
            }
        }
        throw new IllegalArgumentException("has a verdict other than accepted, rejected and corrected.");
    }
}
