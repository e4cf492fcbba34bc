package dev.taxon.core;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What an oracle case asks, as an input. */
public final class OracleInputs {
    private OracleInputs() {}

    public static ClassificationInput of(JsonNode json) {
        Mode mode =
                json.get("classification_type").asText().equals("multi-label") ? Mode.MULTI_LABEL : Mode.SINGLE_LABEL;
        List<Example> examples = new ArrayList<>();
        json.path("examples")
                .forEach(example ->
                        examples.add(new Example(example.get("text").asText(), strings(example.get("labels")))));
        return new ClassificationInput(
                        json.get("text").asText(),
                        strings(json.get("flat_labels")),
                        mode,
                        mode == Mode.MULTI_LABEL ? json.get("threshold").doubleValue() : null,
                        OnLong.TRUNCATE,
                        json.get("max_length").intValue())
                .withContext(new TaskContext(json.path("prompt").asText(""), examples, List.of()));
    }

    private static List<String> strings(JsonNode list) {
        List<String> strings = new ArrayList<>();
        list.forEach(element -> strings.add(element.asText()));
        return strings;
    }
}
