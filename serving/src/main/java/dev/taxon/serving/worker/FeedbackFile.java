package dev.taxon.serving.worker;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.WireJson;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.http.ProblemException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** What people said of an adapter's answers up to the moment that a job was asked for, as a file. Thread-safe. */
@Singleton
final class FeedbackFile {
    private static final JsonMapper JSON = WireJson.newMapper();
    private static final String SELECT = "SELECT text, offered, predicted, verdict, labels FROM feedback"
            + " WHERE adapter = ? AND at <= ? ORDER BY at, id";

    private final TenantTransactions transactions;

    FeedbackFile(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    /**
     * The file in a run's folder: where an earlier attempt wrote it, it came back with the checkpoint, so that all attempts
     * learn from the same.
     */
    Path in(Path run, Task task) throws IOException {
        Path file = run.resolve("feedback.jsonl");
        if (!Files.exists(file)) {
            Files.createDirectories(run);
            Files.write(file, lines(task));
        }
        return file;
    }

    private List<String> lines(Task task) {
        List<String> lines = transactions.sql(
                task.tenant(),
                connection -> Sql.query(
                        connection,
                        SELECT,
                        FeedbackFile::line,
                        task.request().adapter(),
                        task.job().createdAt().atOffset(java.time.ZoneOffset.UTC)));
        if (lines.isEmpty()) {
            throw new ProblemException(
                    ErrorCode.NOT_FOUND,
                    "There is no feedback on this adapter's answers. Send some first, or leave 'feedback' out.");
        }
        return lines;
    }

    private static String line(ResultSet row) throws SQLException {
        String verdict = row.getString("verdict");
        ObjectNode line = JSON.createObjectNode().put("text", row.getString("text"));
        line.set("labels", strings(row.getArray("offered")));
        line.set("predicted", strings(row.getArray("predicted")));
        line.put("verdict", verdict);
        if (verdict.equals("corrected")) {
            line.set("true_labels", strings(row.getArray("labels")));
        }
        return line.toString();
    }

    private static ArrayNode strings(Array array) throws SQLException {
        ArrayNode strings = JSON.createArrayNode();
        for (String string : (String[]) array.getArray()) {
            strings.add(string);
        }
        return strings;
    }
}
