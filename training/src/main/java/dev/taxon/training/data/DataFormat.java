package dev.taxon.training.data;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a data file is written in, told by how its name ends; whatever is not known is read as JSON Lines. */
public enum DataFormat {
    JSON_LINES("line", "\\.jsonl?"),
    CSV("line", "\\.(csv|tsv)"),
    PARQUET("row", "\\.parquet");

    private static final Pattern IN_FOLDERS = Pattern.compile(".*(\\.(jsonl|csv|tsv)(\\.gz)?|\\.parquet)");

    private final String unit;
    private final Pattern ending;

    DataFormat(String unit, String ending) {
        this.unit = unit;
        this.ending = Pattern.compile(ending + "$");
    }

    public static DataFormat of(Path file) {
        String name = unzipped(file).toLowerCase(Locale.ROOT);
        if (PARQUET.ending.matcher(name).find()) {
            return PARQUET;
        }
        return CSV.ending.matcher(name).find() ? CSV : JSON_LINES;
    }

    /** The file's name without its endings. */
    static String nameOf(Path file) {
        String name = unzipped(file);
        for (DataFormat format : values()) {
            name = format.ending.matcher(name).replaceFirst("");
        }
        return name;
    }

    /** Whether a file of a folder is one of its data files. */
    static boolean isData(Path file) {
        return IN_FOLDERS.matcher(file.toString()).matches();
    }

    /** Where a row stands, in words: {@code line 3}, or {@code row 3} where there are no lines. */
    public String place(long number) {
        return unit + " " + number;
    }

    private static String unzipped(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("\\.gz$", "");
    }
}
