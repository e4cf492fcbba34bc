package dev.taxon.sdk;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Paths of routes; whatever a caller names is one segment, whichever characters it has. */
final class Paths {

    private Paths() {}

    /** The segments below {@code /v1}, each escaped. */
    static String of(Object... segments) {
        StringBuilder path = new StringBuilder("/v1");
        for (Object segment : segments) {
            path.append('/').append(segment(String.valueOf(segment)));
        }
        return path.toString();
    }

    /** The path with these names and values in its query, which it may have already, without those that are null. */
    static String query(String path, @Nullable Object... namesAndValues) {
        StringJoiner query = new StringJoiner("&", path.contains("?") ? "&" : "?", "").setEmptyValue("");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] != null) {
                query.add(namesAndValues[i] + "=" + escape(String.valueOf(namesAndValues[i + 1])));
            }
        }
        return path + query;
    }

    private static String segment(String value) {
        if (value.isEmpty() || value.equals(".") || value.equals("..")) {
            throw new IllegalArgumentException("a name is empty or consists of dots");
        }
        return escape(value);
    }

    private static String escape(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
