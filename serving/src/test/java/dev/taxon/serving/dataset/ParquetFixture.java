package dev.taxon.serving.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** Parquet files, written by DuckDB. */
final class ParquetFixture {
    private ParquetFixture() {}

    /** A file of so many rows with two labels in turn. */
    static byte[] file(Path folder, int rows) throws Exception {
        return write(
                folder,
                "SELECT 'text number ' || i AS text, [CASE WHEN i % 2 = 0 THEN 'even' ELSE 'odd' END] AS true_labels"
                        + " FROM range(" + rows + ") t(i)");
    }

    static byte[] write(Path folder, String query) throws Exception {
        Path file = folder.resolve("fixture.parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (" + query + ") TO '" + file + "' (FORMAT parquet)");
        }
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        return bytes;
    }
}
