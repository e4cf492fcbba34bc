package dev.taxon.training.data;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;

/** Where JSON stops being well-formed. What is nested too deeply, or has a number or name too long, has no place. */
public final class JsonPlace {
    private JsonPlace() {}

    /** {@code " at column 7"}, or that something exceeds what is read. */
    public static String column(JsonProcessingException failure) {
        JsonLocation place = failure.getLocation();
        return place == null ? beyondLimits() : " at column " + place.getColumnNr();
    }

    /** {@code " at line 7"}, or that something exceeds what is read. */
    public static String line(JsonProcessingException failure) {
        JsonLocation place = failure.getLocation();
        return place == null ? beyondLimits() : " at line " + place.getLineNr();
    }

    private static String beyondLimits() {
        return ", or is nested too deeply, or has a number or name too long";
    }
}
