package dev.taxon.training.data;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of one file in one format, one at a time. */
sealed interface RowSource extends AutoCloseable permits JsonRows, CsvRows, ParquetRows {

    /**
     * The next row, or null after the last.
     *
     * @throws UnusableRow for a row that can be passed over
     * @throws IOException when nothing more can be read
     */
    DataRow.@Nullable Labelled next() throws IOException, UnusableRow;

    /** Line, or row, of what was read last, from 1. */
    long number();

    /** SHA-256 of the file's bytes, in hexadecimal. To be asked for once, after the last row. */
    String digest() throws IOException;

    /** Names of the columns that are not read. */
    List<String> ignoredColumns();

    /** Lines passed over because there is nothing in them. */
    long blankLines();

    @Override
    void close() throws IOException;
}
