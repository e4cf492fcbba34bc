package dev.taxon.training.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Writes data files for tests, and reads all of their rows. */
public final class DataFiles {
    private DataFiles() {}

    /** A file of this name with this content, gzipped where the name says so. */
    public static Path write(Path folder, String name, String content) throws IOException {
        Path file = folder.resolve(name);
        return name.endsWith(".gz")
                ? Files.write(file, ExampleStreamTest.gzip(content))
                : Files.writeString(file, content);
    }

    /** The result of a query as a Parquet file, written by DuckDB. */
    public static Path writeParquet(Path folder, String name, String query) throws SQLException {
        Path file = folder.resolve(name);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (" + query + ") TO '" + file + "' (FORMAT parquet)");
        }
        return file;
    }

    static List<DataRow> rows(Path file, ColumnNames columns) {
        List<DataRow> all = new ArrayList<>();
        try (DataRows rows = DataRows.open(file, columns)) {
            for (DataRow row = rows.next(); row != null; row = rows.next()) {
                all.add(row);
            }
        }
        return all;
    }

    static List<DataRow> rows(Path file) {
        return rows(file, ColumnNames.FOUND);
    }

    static DataRow row(long number, String text, String... labels) {
        return new DataRow.Labelled(number, text, List.of(labels), null);
    }
}
