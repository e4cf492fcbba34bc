package dev.taxon.training.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields of one line's JSON object, in their order. Messages say what is wrong with the line and never quote it.
 *
 * @param names the fields' names, each once
 * @param values by position, a string, a list of strings or something else
 */
record JsonFields(List<String> names, List<Value> values) {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(BoundedLines.MAX_CHARACTERS)
                    .build())
            .build();

    JsonFields {
        names = List.copyOf(names);
        values = List.copyOf(values);
    }

    /** What a field holds. */
    sealed interface Value {
        record Text(String text) implements Value {}

        record Texts(List<String> texts) implements Value {}

        /**
         * Neither.
         *
         * @param list whether it is a list, of other things than strings
         */
        record Other(boolean list) implements Value {}
    }

    static JsonFields of(String line) throws IOException, UnusableRow {
        try (JsonParser parser = FACTORY.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new UnusableRow("is not a JSON object; a row has " + JsonRows.FIELDS + ".");
            }
            List<String> names = new ArrayList<>();
            List<Value> values = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                names.add(parser.currentName());
                values.add(value(parser, parser.nextToken()));
            }
            if (parser.nextToken() != null) {
                throw new UnusableRow("has more after its JSON object; put each row on a line of its own.");
            }
            return new JsonFields(names, values);
        }
    }

    private static Value value(JsonParser parser, JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            return new Value.Text(parser.getText());
        }
        if (token != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return new Value.Other(false);
        }
        List<String> texts = new ArrayList<>();
        boolean strings = true;
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            strings &= next == JsonToken.VALUE_STRING;
            if (strings) {
                texts.add(parser.getText());
            }
            parser.skipChildren();
        }
        return strings ? new Value.Texts(texts) : new Value.Other(true);
    }
}
