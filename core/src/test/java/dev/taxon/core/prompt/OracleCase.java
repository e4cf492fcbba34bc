package dev.taxon.core.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.Mode;
import dev.taxon.core.OnLong;
import dev.taxon.core.checkpoint.OracleFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** One case of an oracle folder: what the reference was given, and the token ids it made of it. */
record OracleCase(String id, ClassificationInput input, TokenIds inputIds, boolean usesPromptOrExamples) {
    private static final JsonMapper MAPPER = new JsonMapper();

    static List<OracleCase> of(String folder) {
        try (var lines = Files.lines(OracleFolders.path(folder).resolve("cases.jsonl"))) {
            return lines.map(OracleCase::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OracleCase parse(String line) {
        try {
            JsonNode json = MAPPER.readTree(line);
            List<String> labels = new ArrayList<>();
            json.get("flat_labels").forEach(label -> labels.add(label.textValue()));
            ClassificationInput input = new ClassificationInput(
                    json.get("text").textValue(),
                    labels,
                    json.get("classification_type").textValue().equals("multi-label")
                            ? Mode.MULTI_LABEL
                            : Mode.SINGLE_LABEL,
                    null,
                    OnLong.TRUNCATE,
                    json.get("max_length").intValue());
            TokenIds ids = new TokenIds(MAPPER.convertValue(json.get("input_ids"), int[].class));
            return new OracleCase(json.get("id").textValue(), input, ids, json.has("prompt") || json.has("examples"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return id;
    }
}
