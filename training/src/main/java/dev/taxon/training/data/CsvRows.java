package dev.taxon.training.data;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a CSV file, whose first row names the columns. The delimiter is comma, semicolon, tab or bar, whichever finds the
 * columns in that row. A quoted field may hold delimiters, quotes (doubled) and line ends. Empty lines are passed over.
 */
final class CsvRows implements RowSource {
    private static final int LONGEST_HEADER = 1 << 16;

    private final DigestedFile bytes;
    private final CsvFields fields = new CsvFields();
    private final CloseableIterator<List<String>> records;
    private final Columns columns;
    private final int width;
    private final LabelCells cells;
    private final LabelLists lists = new LabelLists();
    private long blankLines;

    private CsvRows(DigestedFile bytes, ColumnNames wanted) throws IOException {
        this.bytes = bytes;
        BufferedReader reader = new BufferedReader(new Utf8Reader(bytes.content()), LONGEST_HEADER);
        char delimiter = CsvDialect.delimiter(header(reader), wanted)
                .orElseThrow(() -> new DamagedFile("its first row " + Columns.missing(wanted)));
        CsvReader<List<String>> csv = CsvDialect.reader(delimiter).build(fields, reader);
        this.records = csv.iterator();
        List<String> names = records.next();
        this.columns = Columns.find(names, wanted).orElseThrow();
        this.width = names.size();
        this.cells = new LabelCells(wanted.separator());
    }

    static CsvRows open(Path file, ColumnNames wanted) throws IOException {
        DigestedFile bytes = new DigestedFile(file);
        try {
            return new CsvRows(bytes, wanted);
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    /** The first line, which stays to be read. */
    private static String header(BufferedReader reader) throws IOException {
        reader.mark(LONGEST_HEADER);
        StringBuilder header = new StringBuilder();
        int character = reader.read();
        while (character >= 0 && character != '\n' && character != '\r') {
            header.append((char) character);
            if (header.length() == LONGEST_HEADER) {
                throw new DamagedFile("its first row has no end; give a file whose first row names the columns.");
            }
            character = reader.read();
        }
        if (header.toString().isBlank()) {
            throw new DamagedFile("it is empty, or its first line is; give a file whose first row names the columns.");
        }
        reader.reset();
        return header.toString();
    }

    @Override
    public DataRow.@Nullable Labelled next() throws IOException, UnusableRow {
        List<String> record = record();
        while (record != null && isBlank(record)) {
            blankLines++;
            record = record();
        }
        return record == null ? null : row(record);
    }

    private static boolean isBlank(List<String> record) {
        return record.size() <= 1 && record.stream().allMatch(String::isBlank);
    }

    private @Nullable List<String> record() throws IOException {
        try {
            return records.hasNext() ? records.next() : null;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (CsvParseException e) {
            // The cause is left out: its message quotes a character.
            throw new DamagedFile("its quotes do not match, or a field is longer than " + BoundedLines.MAX_CHARACTERS
                    + " characters; put fields with quotes in quotes, and double those inside.");
        }
    }

    private DataRow.Labelled row(List<String> record) throws UnusableRow {
        if (record.size() != width) {
            throw new UnusableRow("has " + record.size() + " fields and the header " + width
                    + "; put fields that hold the delimiter in quotes.");
        }
        List<String> labels = lists.checked(cells.labels(record.get(columns.labels()), columns.listed()), "its labels");
        String text = PlainCharacters.check(record.get(columns.text()), "its text");
        return new DataRow.Labelled(number(), text, labels, allLabels(record));
    }

    private @Nullable List<String> allLabels(List<String> record) throws UnusableRow {
        if (columns.allLabels() == Columns.ABSENT) {
            return null;
        }
        List<String> all = lists.checked(cells.labels(record.get(columns.allLabels()), true), "all_labels");
        if (all.isEmpty()) {
            throw new UnusableRow("has no labels in all_labels.");
        }
        return all;
    }

    @Override
    public long number() {
        return fields.line();
    }

    @Override
    public String digest() throws IOException {
        return bytes.digest();
    }

    @Override
    public List<String> ignoredColumns() {
        return columns.ignored();
    }

    @Override
    public long blankLines() {
        return blankLines;
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
