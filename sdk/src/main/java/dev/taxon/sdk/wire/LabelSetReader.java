package dev.taxon.sdk.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a list or a tree of labels.
 *
 * <p>The names of branches are the customer's words, so the path of a failure counts branches instead of naming them.
 */
final class LabelSetReader extends JsonDeserializer<LabelSet> {

    @Override
    public LabelSet deserialize(JsonParser json, DeserializationContext context) throws IOException {
        if (json.currentToken() == JsonToken.START_ARRAY) {
            return readList(json, context);
        }
        if (json.currentToken() == JsonToken.START_OBJECT) {
            return readTree(json, context);
        }
        throw MismatchedInputException.from(json, LabelSet.class, "labels are a list or a tree of objects and lists");
    }

    private static LabelList readList(JsonParser json, DeserializationContext context) throws IOException {
        List<Label> labels = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            try {
                labels.add(readLabel(json, context));
            } catch (IOException failure) {
                throw JsonMappingException.wrapWithPath(failure, labels, labels.size());
            }
        }
        return new LabelList(labels);
    }

    private static Label readLabel(JsonParser json, DeserializationContext context) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            throw MismatchedInputException.from(json, Label.class, "a label is a name or an object");
        }
        return context.readValue(json, Label.class);
    }

    private LabelTree readTree(JsonParser json, DeserializationContext context) throws IOException {
        Map<String, LabelSet> branches = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String branch = json.currentName();
            try {
                json.nextToken();
                branches.put(branch, deserialize(json, context));
            } catch (IOException failure) {
                throw JsonMappingException.wrapWithPath(failure, branches, branches.size());
            }
        }
        return new LabelTree(branches);
    }
}
