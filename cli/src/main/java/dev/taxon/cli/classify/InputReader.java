package dev.taxon.cli.classify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.cli.classify.Lines.Line;
import dev.taxon.sdk.wire.ClassifyInput;
import dev.taxon.sdk.wire.WireErrors;
import dev.taxon.sdk.wire.WireFault;
import dev.taxon.sdk.wire.WireJson;
import java.util.List;
import java.util.Map;

/**
 * Reads a line as an input of the contract, strictly: a field that the contract does not know is an error.
 *
 * <p>Cases recorded from the Python reference are inputs too: two of its names are translated, and the fields that carry
 * its answer are passed over.
 */
final class InputReader {
    private static final Map<String, String> NAMES_OF_THE_REFERENCE =
            Map.of("classification_type", "mode", "return_hierarchical", "hierarchical");
    private static final List<String> ANSWERS_OF_THE_REFERENCE =
            List.of("flat_labels", "input_ids", "logits", "expected");

    private final JsonMapper mapper = WireJson.newMapper();

    /** Fails with the line's number, and never quotes it. */
    ClassifyInput read(Line line) {
        try {
            JsonNode tree = mapper.readTree(line.text());
            if (!(tree instanceof ObjectNode fields)) {
                throw line.failure(
                        "not a JSON object; an input looks like {\"text\": \"...\", \"labels\": [\"...\"]}.");
            }
            translate(fields, line);
            return mapper.treeToValue(fields, ClassifyInput.class);
        } catch (JsonProcessingException wrong) {
            WireFault fault = WireErrors.fault(wrong);
            throw line.failure(fault.at().isEmpty() ? fault.detail() : fault.at() + ": " + fault.detail());
        }
    }

    private static void translate(ObjectNode fields, Line line) {
        fields.remove(ANSWERS_OF_THE_REFERENCE);
        NAMES_OF_THE_REFERENCE.forEach((theirs, ours) -> {
            JsonNode value = fields.remove(theirs);
            if (value != null && fields.putIfAbsent(ours, value) != null) {
                throw line.failure(theirs + " and " + ours + " are the same field; give one of them.");
            }
        });
    }
}
