package dev.taxon.training.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row as it stands in a file. */
public sealed interface DataRow {

    /** Its line from 1, or in Parquet its row from 1. */
    long number();

    /**
     * A text with labels. The labels of a list are distinct, not blank and well-formed Unicode; equal lists of one file
     * are mostly one object.
     *
     * @param text may be blank
     * @param trueLabels may be empty
     * @param allLabels the candidates that the row names, at least one; null when it names none
     */
    record Labelled(
            long number,
            String text,
            List<String> trueLabels,
            @Nullable List<String> allLabels) implements DataRow {}

    /**
     * A row that is not as it should be.
     *
     * @param reason goes on from the row's place, and never quotes it: {@code is not a JSON object; ...}
     */
    record Refused(long number, String reason) implements DataRow {}
}
