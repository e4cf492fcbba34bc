package dev.taxon.training.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.taxon.training.data.DataException;
import dev.taxon.training.data.JsonPlace;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads a cost matrix. JSON: {@code {"true label": {"answer": cost}}}. CSV: a first line of any word and the answers, then
 * a line a true label: its name and a cost an answer.
 */
public final class CostMatrixFile {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private CostMatrixFile() {}

    /** Throws {@link DataException}, which names the file and the place in it, when it cannot be used. */
    public static CostMatrix read(Path file) {
        try {
            String text = withoutMark(Files.readString(file, StandardCharsets.UTF_8));
            return new CostMatrix(isJson(file) ? json(text) : csv(text));
        } catch (JsonProcessingException e) {
            // The cause is left out: its message quotes the file.
            throw new DataException(file + ": The cost matrix is not well-formed JSON" + JsonPlace.line(e)
                    + "; write one object, each label once.");
        } catch (CharacterCodingException e) {
            throw new DataException(file + ": The cost matrix is not UTF-8; convert the file.", e);
        } catch (IOException e) {
            throw new DataException(file + ": The cost matrix cannot be opened; check the path.", e);
        } catch (CsvParseException | IllegalArgumentException e) {
            throw new DataException(file + ": " + e.getMessage(), e);
        }
    }

    private static String withoutMark(String text) {
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
    }

    private static boolean isJson(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
    }

    private static Map<String, Map<String, Double>> json(String text) throws IOException {
        JsonNode root = JSON.readTree(text);
        Map<String, Map<String, Double>> costs = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> row : root.properties()) {
            Map<String, Double> answers = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> cell : row.getValue().properties()) {
                answers.put(cell.getKey(), number(cell.getValue(), row.getKey(), cell.getKey()));
            }
            costs.put(row.getKey(), answers);
        }
        return costs;
    }

    private static double number(JsonNode cost, String truth, String answer) {
        if (!cost.isNumber()) {
            throw new IllegalArgumentException(
                    "The cost of '" + answer + "' where '" + truth + "' is right is not a number.");
        }
        return cost.asDouble();
    }

    private static Map<String, Map<String, Double>> csv(String text) throws IOException {
        try (CsvReader<CsvRecord> lines = CsvReader.builder()
                .allowMissingFields(true)
                .allowExtraFields(true)
                .ofCsvRecord(text)) {
            Iterator<CsvRecord> records = lines.iterator();
            if (!records.hasNext()) {
                throw new IllegalArgumentException("The cost matrix is empty; its first line names the answers.");
            }
            List<String> head = records.next().getFields();
            Map<String, Map<String, Double>> costs = new LinkedHashMap<>();
            while (records.hasNext()) {
                CsvRecord line = records.next();
                if (costs.put(line.getField(0), row(line, head)) != null) {
                    throw new IllegalArgumentException(at(line) + "gives a true label a second time.");
                }
            }
            return costs;
        }
    }

    private static Map<String, Double> row(CsvRecord line, List<String> head) {
        if (line.getFieldCount() != head.size()) {
            throw new IllegalArgumentException(at(line) + "has " + line.getFieldCount() + " fields and the first line "
                    + head.size() + "; give one cost an answer.");
        }
        Map<String, Double> answers = new LinkedHashMap<>();
        for (int column = 1; column < head.size(); column++) {
            if (answers.put(head.get(column), cost(line, column)) != null) {
                throw new IllegalArgumentException("The first line gives an answer a second time.");
            }
        }
        return answers;
    }

    private static double cost(CsvRecord line, int column) {
        try {
            return Double.parseDouble(line.getField(column).strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    at(line) + "has something other than a number in field " + (column + 1) + ".", e);
        }
    }

    private static String at(CsvRecord line) {
        return "Line " + line.getStartingLineNumber() + " ";
    }
}
