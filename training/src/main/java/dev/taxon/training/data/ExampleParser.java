package dev.taxon.training.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line to one example. Equal label lists become one object, as most files repeat a handful of them on every row.
 * Messages say what is wrong with the line and never quote it.
 */
final class ExampleParser {
    private static final String FIELDS = "text, all_labels and true_labels";

    private final JsonFactory factory = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(BoundedLines.MAX_CHARACTERS)
                    .build())
            .build();
    private final Map<List<String>, List<String>> lists = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();

    Example parse(String line) throws IOException {
        try (JsonParser parser = factory.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new DataException("is not a JSON object; a row has the fields " + FIELDS + ".");
            }
            Fields fields = fields(parser);
            if (parser.nextToken() != null) {
                throw new DataException("has more after its JSON object; put each row on a line of its own.");
            }
            return checked(fields);
        }
    }

    private Fields fields(JsonParser parser) throws IOException {
        Fields fields = new Fields();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "text" -> fields.text = string(parser, value, name);
                case "all_labels" -> fields.allLabels = list(parser, value, name);
                case "true_labels" -> fields.trueLabels = list(parser, value, name);
                default -> throw new DataException("has a field other than " + FIELDS + "; remove it.");
            }
        }
        return fields;
    }

    private static String string(JsonParser parser, JsonToken value, String name) throws IOException {
        if (value != JsonToken.VALUE_STRING) {
            throw new DataException("has something other than a string in " + name + ".");
        }
        String text = parser.getText();
        if (text.isBlank()) {
            throw new DataException("has a blank string in " + name + "; fill it in or remove the row.");
        }
        if (hasLoneSurrogate(text)) {
            throw new DataException(
                    "has half of a surrogate pair in " + name + ", which is not a character; remove it.");
        }
        return text;
    }

    private List<String> list(JsonParser parser, JsonToken value, String name) throws IOException {
        if (value != JsonToken.START_ARRAY) {
            throw new DataException("has something other than a list of strings in " + name + ".");
        }
        List<String> labels = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            labels.add(names.computeIfAbsent(string(parser, token, name), label -> label));
        }
        if (new HashSet<>(labels).size() != labels.size()) {
            throw new DataException("has the same label twice in " + name + ".");
        }
        return lists.computeIfAbsent(List.copyOf(labels), same -> same);
    }

    private static Example checked(Fields fields) {
        if (fields.text == null || fields.allLabels == null || fields.trueLabels == null) {
            throw new DataException("lacks a field; a row has " + FIELDS + ".");
        }
        if (fields.allLabels.isEmpty()) {
            throw new DataException("has no labels in all_labels.");
        }
        if (!fields.allLabels.containsAll(fields.trueLabels)) {
            throw new DataException("has a label in true_labels that is not in all_labels.");
        }
        return new Example(fields.text, fields.allLabels, fields.trueLabels);
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (!Character.isSurrogate(character)) {
                continue;
            }
            if (!Character.isSurrogatePair(character, i + 1 < text.length() ? text.charAt(i + 1) : ' ')) {
                return true;
            }
            i++;
        }
        return false;
    }

    private static final class Fields {
        private @Nullable String text;
        private @Nullable List<String> allLabels;
        private @Nullable List<String> trueLabels;
    }
}
