package dev.taxon.training.data.validation;

import java.util.List;

/**
 * What a file came to.
 *
 * @param rows all rows, usable or not
 * @param acceptedRows rows without an error of their own
 * @param blankLines lines with nothing in them, which are no rows
 * @param ignoredColumns columns that were not read
 * @param digest SHA-256 of the file's bytes, in hexadecimal
 */
public record PartSummary(
        DataPart part, long rows, long acceptedRows, long blankLines, List<String> ignoredColumns, String digest) {
    public PartSummary {
        ignoredColumns = List.copyOf(ignoredColumns);
    }
}
