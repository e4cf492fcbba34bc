package dev.taxon.core.checkpoint;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object out of a checkpoint's or an adapter's file, whose typed getters name file and key in what they refuse. Values
 * are quoted where the file is the own one of who reads the message; of {@link #ofCustomer another's} numbers and flags alone.
 */
public final class JsonFile {
    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int LONGEST_SHOWN = 80;
    private static final int LARGEST_FILE = 16_000_000;

    private final String source;
    private final String path;
    private final JsonNode node;
    private final boolean quotesTexts;

    private JsonFile(String source, String path, JsonNode node, boolean quotesTexts) {
        this.source = source;
        this.path = path;
        this.node = node;
        this.quotesTexts = quotesTexts;
    }

    public static JsonFile parse(String source, byte[] json) {
        return new JsonFile(source, "", object(source, json), true);
    }

    /** The same of a file whose texts may be anybody's: no message quotes one of them. */
    public static JsonFile ofCustomer(String source, byte[] json) {
        return new JsonFile(source, "", object(source, json), false);
    }

    private static JsonNode object(String source, byte[] json) {
        if (json.length > LARGEST_FILE) {
            throw new CheckpointException("%s takes %d bytes; such a file is a few thousand, at most %d."
                    .formatted(source, json.length, LARGEST_FILE));
        }
        try {
            JsonNode node = MAPPER.readTree(json);
            if (!node.isObject()) {
                throw new CheckpointException(source + " is not a JSON object.");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new CheckpointException(source + " " + fault(e), e);
        } catch (IOException e) {
            throw new CheckpointException(source + " cannot be read.", e);
        }
    }

    /** The parser's message quotes what it read; the place is enough. What exceeds its limits has none. */
    private static String fault(JsonProcessingException failure) {
        JsonLocation place = failure.getLocation();
        return place == null || place.getLineNr() < 1
                ? "is nested too deeply, or has a number or name that is too long."
                : "is not valid JSON at line %d, column %d.".formatted(place.getLineNr(), place.getColumnNr());
    }

    public JsonNode node() {
        return node;
    }

    public boolean has(String key) {
        return node.hasNonNull(key);
    }

    public Optional<JsonFile> object(String key) {
        JsonNode value = value(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isObject()) {
            throw wrong(key, "an object");
        }
        return Optional.of(new JsonFile(source, path + key + ".", value, quotesTexts));
    }

    public String string(String key, String fallback) {
        JsonNode value = value(key);
        if (value == null) {
            return fallback;
        }
        if (!value.isTextual()) {
            throw wrong(key, "a string");
        }
        return value.textValue();
    }

    public boolean flag(String key, boolean fallback) {
        JsonNode value = value(key);
        if (value == null) {
            return fallback;
        }
        if (!value.isBoolean()) {
            throw wrong(key, "true or false");
        }
        return value.booleanValue();
    }

    /** A whole number between two bounds, or the fallback when the key is absent. */
    int integer(String key, int fallback, int minimum, int maximum) {
        JsonNode value = value(key);
        if (value == null) {
            return fallback;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToInt()
                || value.intValue() < minimum
                || value.intValue() > maximum) {
            throw wrong(key, "a whole number from %d to %d".formatted(minimum, maximum));
        }
        return value.intValue();
    }

    int integer(String key, int minimum, int maximum) {
        if (!has(key)) {
            throw new CheckpointException("%s lacks %s%s.".formatted(source, path, key));
        }
        return integer(key, 0, minimum, maximum);
    }

    public double number(String key, double fallback) {
        JsonNode value = value(key);
        if (value == null) {
            return fallback;
        }
        if (!value.isNumber()) {
            throw wrong(key, "a number");
        }
        return value.doubleValue();
    }

    /** A list of so many strings. */
    List<String> strings(String key, int count) {
        JsonNode value = value(key);
        if (value == null || !value.isArray() || value.size() != count) {
            throw wrong(key, "a list of %d strings".formatted(count));
        }
        List<String> strings = new ArrayList<>(count);
        for (JsonNode element : value) {
            if (!element.isTextual()) {
                throw wrong(key, "a list of strings");
            }
            strings.add(element.textValue());
        }
        return strings;
    }

    /** A list of strings. */
    public List<String> strings(String key) {
        JsonNode value = value(key);
        if (value == null || !value.isArray()) {
            throw wrong(key, "a list of strings");
        }
        return strings(key, value.size());
    }

    /** Words given as a list of strings or as one string with bars between them; none when the key is absent. */
    List<String> words(String key) {
        JsonNode value = value(key);
        if (value == null) {
            return List.of();
        }
        return value.isArray()
                ? strings(key, value.size())
                : List.of(string(key, "").split("\\|", -1));
    }

    CheckpointException unsupported(String key, String supported) {
        return new CheckpointException("%s: %s%s is %s, which Taxon does not support; it supports %s."
                .formatted(source, path, key, shown(key), supported));
    }

    public CheckpointException wrong(String key, String expected) {
        return new CheckpointException(
                "%s: %s%s is %s; it must be %s.".formatted(source, path, key, shown(key), expected));
    }

    private @Nullable JsonNode value(String key) {
        return has(key) ? node.get(key) : null;
    }

    private String shown(String key) {
        JsonNode value = value(key);
        if (value == null) {
            return "absent";
        }
        return quotesTexts || value.isNumber() || value.isBoolean() ? cut(value.toString()) : kind(value);
    }

    private static String kind(JsonNode value) {
        return value.isTextual()
                ? "a text of %d characters".formatted(value.textValue().length())
                : "%s of %d entries".formatted(value.isArray() ? "a list" : "an object", value.size());
    }

    private static String cut(String text) {
        return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text;
    }

    /** Refuses every value but one. */
    public void only(String key, String whenAbsent, String supported) {
        if (!string(key, whenAbsent).equals(supported)) {
            throw unsupported(key, supported);
        }
    }

    /** Refuses a flag that is on. */
    void refuse(String key) {
        if (flag(key, false)) {
            throw unsupported(key, "false");
        }
    }
}
