package dev.taxon.serving.dataset;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taxon.sdk.wire.DatasetRow;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Versions of data sets for those who work with their rows. Thread-safe. */
@Singleton
public final class DatasetVersions {
    /** The newest version that will do, in place of a number. */
    public static final int LATEST = 0;

    private static final int ROWS_A_TRANSACTION = 5_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TenantTransactions transactions;
    private final DatasetFinder finder;

    DatasetVersions(TenantTransactions transactions, DatasetFinder finder) {
        this.transactions = transactions;
        this.finder = finder;
    }

    /** The id of the data set of this name; not_found when there is none. Within the caller's transaction. */
    public UUID requireKnown(String dataset) {
        return finder.require(dataset).id;
    }

    /**
     * The id of a version whose rows can be used; within the caller's transaction.
     *
     * @param version its number, or {@link #LATEST}
     * @throws dev.taxon.serving.http.ProblemException not_found when there is none, conflict when it is not ready
     */
    public UUID requireReady(String dataset, int version) {
        return version == LATEST ? finder.requireLatestReady(dataset).id : finder.requireReady(dataset, version).id;
    }

    /**
     * The id of a version whose rows can be used, or will be unless its file is refused; within the caller's transaction.
     *
     * @param version its number, or {@link #LATEST}
     * @throws dev.taxon.serving.http.ProblemException not_found when there is none, conflict when it was refused
     */
    public UUID requireComing(String dataset, int version) {
        return version == LATEST ? finder.requireLatestComing(dataset).id : finder.requireComing(dataset, version).id;
    }

    /** Why a version cannot be used; empty where nothing stands in its way. In a transaction of its own. */
    public Optional<Problem> refusal(UUID tenant, UUID version) {
        String select = "SELECT problem FROM dataset_version WHERE id = ? AND state = 'refused'";
        return transactions
                .sql(tenant, connection -> Sql.first(connection, select, row -> row.getString(1), version))
                .map(VersionView::problem);
    }

    /**
     * Writes a version's rows to a file, {@code {"text", "true_labels", "all_labels"?}} a line in the order of the upload,
     * in several transactions of its own. Rows that are erased meanwhile are there or not.
     *
     * @return how many rows
     * @throws UncheckedIOException when the file cannot be written
     */
    public long writeJsonl(UUID tenant, UUID version, Path file) {
        return writeJsonl(tenant, version, file, () -> {});
    }

    /**
     * As above, for who may have to stop in the middle.
     *
     * @param pause run before each transaction; whatever it throws ends the writing and reaches the caller
     */
    public long writeJsonl(UUID tenant, UUID version, Path file, Runnable pause) {
        try (OutputStream out = Files.newOutputStream(file);
                JsonGenerator lines = JSON.createGenerator(out)) {
            lines.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
            LineWriter writer = new LineWriter(lines);
            long before = -1;
            while (writer.rows > before) {
                pause.run();
                before = writer.rows;
                transactions.sql(tenant, connection -> {
                    RowCursor.read(connection, version, writer.position, ROWS_A_TRANSACTION, writer::take);
                    return true;
                });
            }
            return writer.rows;
        } catch (IOException failure) {
            throw new UncheckedIOException("The rows cannot be written to " + file + ".", failure);
        }
    }

    private static final class LineWriter {
        private final JsonGenerator lines;
        private long position;
        private long rows;

        LineWriter(JsonGenerator lines) {
            this.lines = lines;
        }

        boolean take(StoredRow stored) {
            try {
                write(stored.row());
            } catch (IOException failure) {
                throw new UncheckedIOException("The rows cannot be written.", failure);
            }
            position = stored.position();
            rows++;
            return true;
        }

        private void write(DatasetRow row) throws IOException {
            lines.writeStartObject();
            lines.writeStringField("text", row.text());
            write("true_labels", row.trueLabels());
            write("all_labels", row.allLabels());
            lines.writeEndObject();
        }

        private void write(String field, @Nullable List<String> labels) throws IOException {
            if (labels != null) {
                lines.writeArrayFieldStart(field);
                for (String label : labels) {
                    lines.writeString(label);
                }
                lines.writeEndArray();
            }
        }
    }
}
