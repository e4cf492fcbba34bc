package dev.taxon.sdk.wire;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns what Jackson says about a document into a place and a sentence, without quoting the document. */
public final class WireErrors {

    /** A key that looks like the name of a field. Any other may be text in the wrong place and is not repeated. */
    private static final Pattern FIELD = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,39}");

    private WireErrors() {}

    /** The place of the failure, {@code inputs[3].threshold}; empty where it is the document as a whole. */
    public static String place(JsonMappingException failure) {
        StringBuilder place = new StringBuilder();
        for (Reference step : failure.getPath()) {
            String field = step.getFieldName();
            if (field == null) {
                place.append('[').append(step.getIndex()).append(']');
            } else {
                place.append(place.isEmpty() ? "" : ".").append(plain(field));
            }
        }
        return place.toString();
    }

    /** What a failure to read a document means to its sender. */
    public static WireFault fault(JsonProcessingException failure) {
        String at = failure instanceof JsonMappingException mapping ? place(mapping) : "";
        JsonProcessingException root = root(failure);
        if (root instanceof StreamConstraintsException) {
            return new WireFault(ErrorCode.INVALID_REQUEST, at, "Nested too deeply, or a number or name too long.");
        }
        if (root instanceof InputCoercionException) {
            return new WireFault(ErrorCode.INVALID_REQUEST, at, "The number is out of range.");
        }
        if (says(root, "Duplicate field")) {
            return new WireFault(
                    ErrorCode.MALFORMED_JSON, at, "An object has the same key twice" + where(root.getLocation()));
        }
        if (root instanceof StreamReadException || says(root, "No content") || says(root, "Trailing token")) {
            return new WireFault(ErrorCode.MALFORMED_JSON, at, "Not one JSON document" + where(root.getLocation()));
        }
        if (root instanceof UnrecognizedPropertyException unknown) {
            return new WireFault(ErrorCode.UNKNOWN_FIELD, at, "Unknown field. Known here: " + known(unknown) + ".");
        }
        return new WireFault(ErrorCode.INVALID_REQUEST, at, mismatch(root));
    }

    private static JsonProcessingException root(JsonProcessingException failure) {
        return failure.getCause() instanceof JsonProcessingException cause ? root(cause) : failure;
    }

    /** For the kinds of failure that Jackson tells apart by their words alone. */
    private static boolean says(JsonProcessingException failure, String start) {
        String message = failure.getOriginalMessage();
        return message != null && message.startsWith(start);
    }

    private static String plain(String field) {
        return FIELD.matcher(field).matches() ? field : "?";
    }

    private static String where(@Nullable JsonLocation location) {
        return location == null || location.getLineNr() < 1
                ? "."
                : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ").";
    }

    private static String known(UnrecognizedPropertyException unknown) {
        return unknown.getKnownPropertyIds().stream()
                .map(String::valueOf)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String mismatch(JsonProcessingException failure) {
        if (failure instanceof InvalidNullException) {
            return "null is not allowed here.";
        }
        if (says(failure, "Missing required creator property")) {
            return "A required field is missing.";
        }
        if (failure instanceof MismatchedInputException mismatched && mismatched.getTargetType() != null) {
            return "Expected " + expected(mismatched.getTargetType()) + ".";
        }
        return "The value is not valid.";
    }

    private static String expected(Class<?> type) {
        if (type.isEnum()) {
            return Stream.of(type.getEnumConstants()).map(WireJson::string).collect(Collectors.joining(" or "));
        }
        if (type == String.class) {
            return "a string";
        }
        if (type == Integer.class || type == int.class || type == Long.class || type == long.class) {
            return "a whole number";
        }
        if (type == Double.class || type == double.class) {
            return "a number";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type == LabelSet.class) {
            return "a list of labels, or a tree of objects and lists";
        }
        if (type == Label.class) {
            return "a label: a name, or an object with a name";
        }
        return Iterable.class.isAssignableFrom(type) ? "a list" : "an object";
    }
}
