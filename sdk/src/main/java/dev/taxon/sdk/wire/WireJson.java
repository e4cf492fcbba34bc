package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The one configuration of JSON on the wire: snake case, nothing unknown, nothing coerced, nothing twice, nothing after
 * the end. Thread-safe.
 *
 * <pre>{@code
 * ClassifyRequest request = WireJson.read(body, ClassifyRequest.class);
 * byte[] answer = WireJson.bytes(response);
 * }</pre>
 */
public final class WireJson {

    /** Deeper nesting is refused; labels are the only thing that nests at will. */
    public static final int MAX_NESTING = 100;

    private static final JsonMapper MAPPER = newMapper();

    private WireJson() {}

    /** A mapper of this configuration for frameworks that keep one; the caller owns it. */
    public static JsonMapper newMapper() {
        return configure(JsonMapper.builder(factory())).build();
    }

    /** A strict reader of this type, for what comes in. */
    public static ObjectReader reader(Class<?> type) {
        return MAPPER.readerFor(type);
    }

    /** A reader that overlooks fields and words it does not know, for the answers of a newer server. */
    public static ObjectReader tolerantReader(Class<?> type) {
        return MAPPER.readerFor(type)
                .without(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .with(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL);
    }

    /** A tolerant reader of pages of this type. */
    public static ObjectReader tolerantPageReader(Class<?> type) {
        return tolerantReader(Page.class).forType(MAPPER.getTypeFactory().constructParametricType(Page.class, type));
    }

    /** A writer of any wire record. */
    public static ObjectWriter writer() {
        return MAPPER.writer();
    }

    /**
     * Reads one strict JSON document of UTF-8.
     *
     * @throws JsonProcessingException where the document is not JSON or not of this type; {@link WireErrors#fault} says
     *     what and where
     */
    public static <T> T read(byte[] json, Class<T> type) throws JsonProcessingException {
        return read(json, reader(type), type);
    }

    /** Reads one strict JSON document; as {@link #read(byte[], Class)}. */
    public static <T> T read(String json, Class<T> type) throws JsonProcessingException {
        return present(reader(type).readValue(json), type);
    }

    /** Reads one document, overlooking what a newer server added; otherwise as {@link #read(byte[], Class)}. */
    public static <T> T readTolerant(byte[] json, Class<T> type) throws JsonProcessingException {
        return read(json, tolerantReader(type), type);
    }

    /** The record as JSON in UTF-8. Lone surrogates are written as escapes. */
    public static byte[] bytes(Object value) {
        try {
            return writer().writeValueAsBytes(value);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The record as JSON on one line. */
    public static String string(Object value) {
        return new String(bytes(value), StandardCharsets.UTF_8);
    }

    private static <T> T read(byte[] json, ObjectReader reader, Class<T> type) throws JsonProcessingException {
        try {
            return present(reader.readValue(json), type);
        } catch (JsonProcessingException failure) {
            throw failure;
        } catch (IOException notCharacters) {
            // Jackson answers bytes that look like broken UTF-32 with a plain CharConversionException.
            throw new JsonParseException(null, "not JSON in UTF-8", notCharacters);
        }
    }

    private static <T> T present(@Nullable T value, Class<T> type) throws JsonMappingException {
        if (value == null) {
            throw MismatchedInputException.from(null, type, "null is not a document");
        }
        return value;
    }

    private static JsonFactory factory() {
        // The branches of label trees are customers' words: interning them would keep them for the life of the process.
        return JsonFactory.builder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_NESTING)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .build();
    }

    private static JsonMapper.Builder configure(JsonMapper.Builder builder) {
        return builder.addModule(new InstantModule())
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
                .withCoercionConfigDefaults(
                        config -> config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
                .withCoercionConfig(
                        LogicalType.Textual,
                        config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
    }
}
