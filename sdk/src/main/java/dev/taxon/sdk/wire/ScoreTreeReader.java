package dev.taxon.sdk.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads nested objects of scores. */
final class ScoreTreeReader extends JsonDeserializer<ScoreTree> {

    @Override
    public ScoreTree deserialize(JsonParser json, DeserializationContext context) throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            return readBranch(json, context);
        }
        if (json.currentToken().isNumeric()) {
            return new ScoreTree.Score(json.getDoubleValue());
        }
        throw MismatchedInputException.from(json, ScoreTree.class, "a score is a number or an object of scores");
    }

    private ScoreTree readBranch(JsonParser json, DeserializationContext context) throws IOException {
        Map<String, ScoreTree> children = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            children.put(name, deserialize(json, context));
        }
        return new ScoreTree.Branch(children);
    }
}
