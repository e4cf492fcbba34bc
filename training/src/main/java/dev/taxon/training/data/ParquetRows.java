package dev.taxon.training.data;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a Parquet file. Texts are strings; labels are strings, lists of strings, or whole numbers, which stand for
 * themselves in digits.
 */
final class ParquetRows implements RowSource {
    private static final Pattern STRING = Pattern.compile("VARCHAR|ENUM\\(.*");
    private static final Pattern LABEL =
            Pattern.compile("(VARCHAR|U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|BOOLEAN|ENUM\\(.*\\))(\\[])?");
    private static final int TEXT = 1;
    private static final int LABELS = 2;
    private static final int ALL_LABELS = 3;

    private final Path path;
    private final ParquetFile file;
    private final ResultSet rows;
    private final Columns columns;
    private final LabelCells cells;
    private final LabelLists lists = new LabelLists();
    private long number;

    private ParquetRows(Path path, ParquetFile file, ColumnNames wanted) throws IOException {
        this.path = path;
        this.file = file;
        Map<String, String> types = file.columns();
        List<String> names = List.copyOf(types.keySet());
        this.columns = Columns.find(names, wanted).orElseThrow(() -> new DamagedFile("it " + Columns.missing(wanted)));
        this.cells = new LabelCells(wanted.separator());
        this.rows = file.select(expressions(names, types));
    }

    static ParquetRows open(Path path, ColumnNames wanted) throws IOException {
        ParquetFile file = ParquetFile.open(path);
        try {
            return new ParquetRows(path, file, wanted);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private String expressions(List<String> names, Map<String, String> types) throws DamagedFile {
        List<String> expressions = new ArrayList<>();
        expressions.add(expression(names.get(columns.text()), types, STRING, "strings"));
        expressions.add(
                expression(names.get(columns.labels()), types, LABEL, "strings, lists of strings or whole numbers"));
        if (columns.allLabels() != Columns.ABSENT) {
            expressions.add(expression(names.get(columns.allLabels()), types, LABEL, "strings or lists of strings"));
        }
        return String.join(", ", expressions);
    }

    private static String expression(String name, Map<String, String> types, Pattern allowed, String kinds)
            throws DamagedFile {
        String type = types.getOrDefault(name, "");
        if (!allowed.matcher(type).matches()) {
            throw new DamagedFile("its column " + name + " does not hold " + kinds + "; convert it or name another.");
        }
        String target = type.endsWith("[]") ? "VARCHAR[]" : "VARCHAR";
        return "CAST(\"" + name.replace("\"", "\"\"") + "\" AS " + target + ")";
    }

    @Override
    public DataRow.@Nullable Labelled next() throws IOException, UnusableRow {
        number++;
        try {
            return rows.next() ? row() : null;
        } catch (SQLException e) {
            throw ParquetFile.failure(e);
        }
    }

    private DataRow.Labelled row() throws SQLException, UnusableRow {
        String text = rows.getString(TEXT);
        if (text == null) {
            throw new UnusableRow("has no text; fill it in or remove the row.");
        }
        List<String> labels = lists.checked(labels(LABELS, columns.listed()), "its labels");
        return new DataRow.Labelled(number, PlainCharacters.check(text, "its text"), labels, allLabels());
    }

    private @Nullable List<String> allLabels() throws SQLException, UnusableRow {
        if (columns.allLabels() == Columns.ABSENT) {
            return null;
        }
        List<String> all = lists.checked(labels(ALL_LABELS, true), "all_labels");
        if (all.isEmpty()) {
            throw new UnusableRow("has no labels in all_labels.");
        }
        return all;
    }

    private List<String> labels(int column, boolean listed) throws SQLException, UnusableRow {
        Object value = rows.getObject(column);
        if (value instanceof Array list) {
            Object[] labels = (Object[]) list.getArray();
            if (Arrays.stream(labels).anyMatch(label -> label == null)) {
                throw new UnusableRow("has a label that is null; fill it in or remove it.");
            }
            return Arrays.stream(labels).map(String::valueOf).toList();
        }
        return value == null ? List.of() : cells.labels(value.toString(), listed);
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public String digest() throws IOException {
        try (DigestedFile bytes = new DigestedFile(path)) {
            return bytes.digest();
        }
    }

    @Override
    public List<String> ignoredColumns() {
        return columns.ignored();
    }

    @Override
    public long blankLines() {
        return 0;
    }

    @Override
    public void close() throws IOException {
        try (file) {
            rows.close();
        } catch (SQLException e) {
            throw new IOException("DuckDB does not stop reading.", e);
        }
    }
}
