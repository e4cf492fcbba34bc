package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the validation of a dataset's version found: counts, places and names of labels, never a text.
 *
 * @param rows all rows of the file, usable or not
 * @param acceptedRows rows without an error of their own
 * @param blankLines lines with nothing in them, which are no rows
 * @param mode {@code single-label} where every row has exactly one label
 * @param passed whether there are no errors; a version that did not pass is refused
 * @param labels rows by label, in the order of names
 * @param ignoredColumns columns that were not read
 * @param findings errors first
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DatasetReport(
        long rows,
        long acceptedRows,
        long blankLines,
        @Nullable Mode mode,
        boolean passed,
        @JsonSetter(nulls = Nulls.AS_EMPTY) Map<String, Long> labels,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> ignoredColumns,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<Finding> findings) {

    public DatasetReport {
        labels = Ordered.copyOf(labels);
        ignoredColumns = List.copyOf(ignoredColumns);
        findings = List.copyOf(findings);
    }

    /**
     * One thing that was found, however often.
     *
     * @param kind a word such as {@code unknown_label}; a newer server may know more
     * @param severity {@code error} or {@code warning}
     * @param count how many rows, labels or columns it concerns
     * @param message what, how many, what to do
     * @param places the first of them
     * @param names labels or columns that it is about, the first of them
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Finding(
            String kind,
            String severity,
            long count,
            String message,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<Place> places,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> names) {

        public Finding {
            places = List.copyOf(places);
            names = List.copyOf(names);
        }
    }

    /**
     * Where something was found.
     *
     * @param line the line, or in Parquet the row, from 1
     * @param remark what else there is to say of it, such as the line that it repeats
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Place(long line, @Nullable String remark) {}
}
