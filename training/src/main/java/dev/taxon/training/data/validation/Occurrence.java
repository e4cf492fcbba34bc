package dev.taxon.training.data.validation;

import dev.taxon.training.data.DataFormat;
import java.nio.file.Path;

/**
 * Where something was found.
 *
 * @param number the line, or in Parquet the row, from 1
 * @param remark what else there is to say of it, such as the row that it repeats; empty for nothing; never contents
 */
public record Occurrence(DataPart part, long number, String remark) {

    /** Part, file and line in words; files of two parts often have one name. */
    public String place() {
        Path file = part.file();
        return part.role().title() + " " + file.getFileName() + " "
                + DataFormat.of(file).place(number);
    }

    /** File and line with the remark. */
    public String words() {
        return remark.isEmpty() ? place() : place() + " " + remark;
    }

    Occurrence remarking(String words) {
        return new Occurrence(part, number, words);
    }
}
