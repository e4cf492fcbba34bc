package dev.taxon.training.data;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * A Parquet file through DuckDB, in a database in memory of its own that can open this file and nothing else: no other
 * file, no network, no extensions, no files for what does not fit in memory, and no way to change that afterwards.
 */
final class ParquetFile implements AutoCloseable {
    private static final String READ = " FROM read_parquet(?, hive_partitioning = false)";
    private static final String MEMORY = "512MB";

    private final String path;
    private final Connection connection;

    private ParquetFile(String path, Connection connection) {
        this.path = path;
        this.connection = connection;
    }

    static ParquetFile open(Path file) throws IOException {
        String path = file.toAbsolutePath().normalize().toString();
        if (path.matches("(?s).*[*?\\[\\]{}].*")) {
            throw new DamagedFile("the path of a Parquet file must not hold any of * ? [ ] { }; rename it.");
        }
        try {
            Connection connection = DriverManager.getConnection("jdbc:duckdb:", properties());
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET allowed_paths = ['" + path.replace("'", "''") + "']");
                statement.execute("SET enable_external_access = false");
                statement.execute("SET lock_configuration = true");
                return new ParquetFile(path, connection);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new IOException("DuckDB, which reads Parquet, does not start.", e);
        }
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("jdbc_stream_results", "true");
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("allow_community_extensions", "false");
        properties.setProperty("threads", "1");
        properties.setProperty("memory_limit", MEMORY);
        properties.setProperty("temp_directory", "");
        properties.setProperty("max_temp_directory_size", "0B");
        return properties;
    }

    Connection connection() {
        return connection;
    }

    /** The columns' names with their types in DuckDB's words, in the file's order. */
    Map<String, String> columns() throws IOException {
        try (PreparedStatement statement = connection.prepareStatement("DESCRIBE SELECT *" + READ)) {
            statement.setString(1, path);
            try (ResultSet rows = statement.executeQuery()) {
                Map<String, String> columns = new LinkedHashMap<>();
                while (rows.next()) {
                    columns.put(rows.getString(1), rows.getString(2));
                }
                return columns;
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** All rows in the file's order; closing them is the caller's, and so is closing their statement. */
    ResultSet select(String expressions) throws IOException {
        try {
            PreparedStatement statement = connection.prepareStatement("SELECT " + expressions + READ);
            statement.closeOnCompletion();
            statement.setString(1, path);
            return statement.executeQuery();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** The database's own message is left out, as it may quote a value. */
    static DamagedFile failure(SQLException e) {
        if (String.valueOf(e.getMessage()).startsWith("Out of Memory")) {
            return new DamagedFile(
                    "its row groups need more than " + MEMORY + " of memory; write it with smaller row groups.");
        }
        return new DamagedFile("the Parquet data is damaged or cut short; copy or write the file again.");
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IOException("DuckDB does not stop.", e);
        }
    }
}
