package dev.taxon.core.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.OracleInputs;
import dev.taxon.core.checkpoint.OracleFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/** One case of an oracle folder: what the reference was given, and the token ids it made of it. */
record OracleCase(String id, ClassificationInput input, TokenIds inputIds) {
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
            ClassificationInput input = OracleInputs.of(json);
            TokenIds ids = new TokenIds(MAPPER.convertValue(json.get("input_ids"), int[].class));
            return new OracleCase(json.get("id").textValue(), input, ids);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return id;
    }
}
