package dev.taxon.training.data.validation;

import dev.taxon.training.data.DataFormat;
import java.nio.file.Path;

/**
 * Where something was found.
 *
 * @param number the line, or in Parquet the row, from 1
 * @param remark what else there is to say of it, such as the row that it repeats; empty for nothing; never contents
 */
public record Occurrence(Path file, long number, String remark) {

    /** File and line in words. */
    public String place() {
        return file.getFileName() + " " + DataFormat.of(file).place(number);
    }

    /** File and line with the remark. */
    public String words() {
        return remark.isEmpty() ? place() : place() + " " + remark;
    }

    Occurrence remarking(String words) {
        return new Occurrence(file, number, words);
    }
}
