package dev.taxon.training.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.taxon.training.data.JsonFields.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a JSON Lines file: {@code {"text", "all_labels", "true_labels"}}, or another text and label. Strict: unless
 * columns are named, an unknown field is an error, so that a misspelt one is not lost. Blank lines are passed over.
 */
final class JsonRows implements RowSource {
    static final String FIELDS = "text and label, or text, all_labels and true_labels";

    /** Fields that must hold lists, as they always did. */
    private static final Set<String> LISTS = Set.of("true_labels", "all_labels");

    /** Rows that each have fields of their own must not fill the heap. */
    private static final int MOST_IGNORED = 1_000;

    private final DigestedFile bytes;
    private final BoundedLines lines;
    private final ColumnNames wanted;
    private final LabelCells cells;
    private final LabelLists lists = new LabelLists();
    private final Set<String> ignored = new LinkedHashSet<>();
    private List<String> lastNames = List.of();
    private @Nullable Columns lastColumns;

    private JsonRows(DigestedFile bytes, ColumnNames wanted) {
        this.bytes = bytes;
        this.lines = new BoundedLines(bytes.content());
        this.wanted = wanted;
        this.cells = new LabelCells(wanted.separator());
    }

    static JsonRows open(Path file, ColumnNames wanted) throws IOException {
        return new JsonRows(new DigestedFile(file), wanted);
    }

    @Override
    public DataRow.@Nullable Labelled next() throws IOException, UnusableRow {
        String line = lines.next();
        return line == null ? null : row(line);
    }

    private DataRow.Labelled row(String line) throws IOException, UnusableRow {
        try {
            return row(JsonFields.of(line));
        } catch (JsonProcessingException e) {
            // The cause is left out: its message quotes the line.
            throw new UnusableRow("is not well-formed JSON" + JsonPlace.column(e)
                    + "; write one complete object a line, each field once.");
        }
    }

    private DataRow.Labelled row(JsonFields fields) throws UnusableRow {
        Columns columns = columns(fields.names());
        String text = text(fields, columns.text());
        List<String> labels = labels(fields, columns.labels(), columns.listed());
        List<String> allLabels =
                columns.allLabels() == Columns.ABSENT ? null : labels(fields, columns.allLabels(), true);
        if (allLabels != null && allLabels.isEmpty()) {
            throw new UnusableRow("has no labels in all_labels.");
        }
        return new DataRow.Labelled(number(), text, labels, allLabels);
    }

    private Columns columns(List<String> names) throws UnusableRow {
        Columns columns = names.equals(lastNames) ? lastColumns : null;
        if (columns == null) {
            columns = Columns.find(names, wanted)
                    .orElseThrow(() -> new UnusableRow("lacks a field; a row has " + FIELDS + "."));
            if (!columns.ignored().isEmpty() && !wanted.named()) {
                throw new UnusableRow("has a field other than " + FIELDS
                        + "; remove it, or name the two to read with --text-column and --label-column.");
            }
            if (ignored.size() < MOST_IGNORED) {
                ignored.addAll(columns.ignored());
            }
            lastNames = names;
            lastColumns = columns;
        }
        return columns;
    }

    private static String text(JsonFields fields, int field) throws UnusableRow {
        String name = fields.names().get(field);
        if (!(fields.values().get(field) instanceof Value.Text value)) {
            throw new UnusableRow("has something other than a string in " + name + ".");
        }
        return PlainCharacters.check(value.text(), name);
    }

    private List<String> labels(JsonFields fields, int field, boolean listed) throws UnusableRow {
        String name = fields.names().get(field);
        Value value = fields.values().get(field);
        if (value instanceof Value.Texts list) {
            return lists.checked(list.texts(), name);
        }
        if (value instanceof Value.Text cell && !LISTS.contains(name)) {
            return lists.checked(cells.labels(cell.text(), listed), name);
        }
        boolean inList = value instanceof Value.Other other && other.list();
        throw new UnusableRow(
                "has something other than a " + (inList ? "string" : "list of strings") + " in " + name + ".");
    }

    @Override
    public long number() {
        return lines.number();
    }

    @Override
    public String digest() throws IOException {
        return bytes.digest();
    }

    @Override
    public List<String> ignoredColumns() {
        return List.copyOf(ignored);
    }

    @Override
    public long blankLines() {
        return lines.blank();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
