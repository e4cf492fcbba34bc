package dev.taxon.training.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The labels of one cell: a JSON list of strings, or labels with a separator between them, or one label as it stands.
 * Unless a separator is given, it is {@code |} where there is one in the cell and {@code ;} otherwise.
 */
final class LabelCells {
    private static final ObjectReader JSON =
            new ObjectMapper().readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final @Nullable String separator;

    LabelCells(@Nullable String separator) {
        this.separator = separator;
    }

    /**
     * The labels of a cell, none for a blank one.
     *
     * @param listed whether it may hold several labels with a separator
     */
    List<String> labels(String cell, boolean listed) {
        if (cell.isBlank()) {
            return List.of();
        }
        List<String> json = cell.stripLeading().startsWith("[") ? jsonList(cell) : null;
        if (json != null) {
            return json;
        }
        return listed ? split(cell) : List.of(cell);
    }

    private List<String> split(String cell) {
        String between = separator == null ? usual(cell) : separator;
        return Arrays.stream(Pattern.compile(between, Pattern.LITERAL).split(cell, -1))
                .map(String::strip)
                .toList();
    }

    private static String usual(String cell) {
        return cell.contains("|") ? "|" : ";";
    }

    /** Null when it is something else that begins with a bracket, which a label may. */
    private static @Nullable List<String> jsonList(String cell) {
        try {
            JsonNode list = JSON.readTree(cell);
            List<String> labels = new ArrayList<>();
            for (JsonNode label : list) {
                if (!label.isTextual()) {
                    return null;
                }
                labels.add(label.textValue());
            }
            return labels;
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
