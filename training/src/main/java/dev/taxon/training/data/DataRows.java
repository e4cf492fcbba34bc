package dev.taxon.training.data;

import dev.taxon.training.DiskFault;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a data file as they stand in it, whatever its format: JSON Lines and CSV, plain or gzipped, and Parquet.
 * Rows that are not as they should be are handed out as {@link DataRow.Refused}; a file that cannot be read on ends the
 * reading with a {@link DataException}. Memory is one row (Parquet: one row group, 512 MB at most). Not thread-safe.
 */
public final class DataRows implements AutoCloseable {
    private final Path file;
    private final RowSource source;

    private DataRows(Path file, RowSource source) {
        this.file = file;
        this.source = source;
    }

    /** Throws {@link DataException} when there is no such file, it cannot be read or lacks the columns. */
    public static DataRows open(Path file, ColumnNames columns) {
        if (Files.isDirectory(file)) {
            throw new DataException(file + " is a folder; give a file.");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new DataException(
                    file + " is no regular file; rows are read more than once, so write them into one first.");
        }
        if (!Files.isRegularFile(file)) {
            throw new DataException("There is no data file " + file + "; check the path.");
        }
        try {
            return new DataRows(file, source(file, columns));
        } catch (DataException e) {
            throw new DataException("The data file " + file + " " + e.getMessage());
        } catch (IOException e) {
            throw unreadable("The data file " + file, e);
        }
    }

    private static RowSource source(Path file, ColumnNames columns) throws IOException {
        return switch (DataFormat.of(file)) {
            case JSON_LINES -> JsonRows.open(file, columns);
            case CSV -> CsvRows.open(file, columns);
            case PARQUET -> ParquetRows.open(file, columns);
        };
    }

    /** The next row, or null after the last. */
    public @Nullable DataRow next() {
        try {
            return source.next();
        } catch (UnusableRow e) {
            return new DataRow.Refused(source.number(), e.reason());
        } catch (DataException e) {
            throw new DataException(place(source.number()) + " " + e.getMessage());
        } catch (IOException e) {
            throw unreadable(place(source.number()), e);
        }
    }

    /** SHA-256 of the file's bytes, in hexadecimal. To be asked for once, after the last row. */
    public String digest() {
        try {
            return source.digest();
        } catch (IOException e) {
            throw unreadable("The data file " + file, e);
        }
    }

    /** Names of the columns that are not read; in JSON Lines complete after the last row. */
    public List<String> ignoredColumns() {
        return source.ignoredColumns();
    }

    /** Lines so far that hold nothing and were passed over. */
    public long blankLines() {
        return source.blankLines();
    }

    /** File and place of a row, for messages. */
    String place(long number) {
        return file + ", " + DataFormat.of(file).place(number);
    }

    private static DataException unreadable(String what, IOException e) {
        String message = what + " cannot be read: " + reason(e);
        return e instanceof DamagedFile ? new DataException(message) : new DataException(message, e);
    }

    private static String reason(IOException e) {
        if (e instanceof DamagedFile damaged) {
            return damaged.reason();
        }
        if (e instanceof EOFException || e instanceof ZipException) {
            return "the gzip data is damaged or cut short; copy the file again.";
        }
        if (e instanceof CharacterCodingException) {
            return "it is not UTF-8; convert the file.";
        }
        return "the disk or file system answered with an error (" + DiskFault.reason(e) + ").";
    }

    @Override
    public void close() {
        try {
            source.close();
        } catch (IOException e) {
            throw new DataException("The data file " + file + " cannot be closed: " + reason(e), e);
        }
    }
}
