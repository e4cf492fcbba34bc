package dev.taxon.serving.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of {@code adapter_version}; inside the caller's tenant transaction. */
@Singleton
final class AdapterVersionRows {
    private static final String SELECT = "SELECT v.id, v.adapter_id, a.name, v.number, v.digest, v.base_name,"
            + " v.base_digest, v.labels, v.mode, v.bytes, v.rank, v.metrics, v.lineage, v.source, v.job_id,"
            + " v.dataset_version_id, v.erased_rows, v.created_at"
            + " FROM adapter_version v JOIN adapter a ON a.id = v.adapter_id ";

    private final TenantTransactions transactions;
    private final ObjectMapper json;

    AdapterVersionRows(TenantTransactions transactions, ObjectMapper json) {
        this.transactions = transactions;
        this.json = json;
    }

    Optional<AdapterVersionInfo> find(String name, int number) {
        return select("WHERE a.name = ? AND v.number = ?", name, number).stream()
                .findFirst();
    }

    /** The one that answers where calls name the adapter alone. */
    Optional<AdapterVersionInfo> findActive(String name) {
        return select("JOIN deployment d ON d.adapter_id = a.id AND d.active = v.number WHERE a.name = ?", name)
                .stream()
                .findFirst();
    }

    boolean has(UUID version) {
        return !select("WHERE v.id = ?", version).isEmpty();
    }

    Optional<AdapterVersionInfo> ofJob(UUID job) {
        return select("WHERE v.job_id = ?", job).stream().findFirst();
    }

    /** In the order of numbers, up to {@code most} after the one given. */
    List<AdapterVersionInfo> after(String name, long number, int most) {
        return select("WHERE a.name = ? AND v.number > ? ORDER BY v.number LIMIT ?", name, number, most);
    }

    Optional<JsonNode> answers(UUID version) {
        List<Optional<JsonNode>> found = transactions.sql(connection -> Sql.query(
                connection,
                "SELECT answers FROM adapter_version WHERE id = ?",
                row -> Optional.ofNullable(nullableJson(row.getString("answers"))),
                version));
        return found.stream().flatMap(Optional::stream).findFirst();
    }

    void insert(AdapterVersionInfo version, @Nullable JsonNode answers) {
        String insert = "INSERT INTO adapter_version (id, adapter_id, number, digest, base_name, base_digest, labels,"
                + " mode, bytes, rank, metrics, answers, lineage, source, job_id, dataset_version_id, erased_rows)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                // Those that its job has lost since it was begun, and those that what it goes on from has lost at all,
                // were it deleted since.
                + " coalesce((SELECT j.erased_rows FROM job j WHERE j.id = ?), 0)"
                + " + coalesce((SELECT v.erased_rows FROM adapter_version v JOIN adapter a ON a.id = v.adapter_id"
                + " WHERE a.name || '@' || v.number = ?), (SELECT d.erased_rows FROM deleted_version d"
                + " WHERE d.name || '@' || d.number = ?), 0))";
        String from = version.lineage().path("request").path("from").textValue();
        transactions.sql(connection -> Sql.update(
                connection,
                insert,
                version.id(),
                version.adapter(),
                version.number(),
                version.digest(),
                version.baseName(),
                version.baseDigest(),
                version.labels().toString(),
                version.mode(),
                version.bytes(),
                version.rank(),
                text(version.metrics()),
                text(answers),
                version.lineage().toString(),
                version.source(),
                version.job(),
                version.datasetVersion(),
                version.job(),
                from,
                from));
    }

    private List<AdapterVersionInfo> select(String where, Object... values) {
        return transactions.sql(connection -> Sql.query(connection, SELECT + where, this::read, values));
    }

    private AdapterVersionInfo read(ResultSet row) throws SQLException {
        return new AdapterVersionInfo(
                row.getObject("id", UUID.class),
                row.getObject("adapter_id", UUID.class),
                row.getString("name"),
                row.getInt("number"),
                row.getString("digest"),
                row.getString("base_name"),
                row.getString("base_digest"),
                json(row.getString("labels")),
                row.getString("mode"),
                row.getLong("bytes"),
                row.getInt("rank"),
                nullableJson(row.getString("metrics")),
                json(row.getString("lineage")),
                row.getString("source"),
                row.getObject("job_id", UUID.class),
                row.getObject("dataset_version_id", UUID.class),
                row.getLong("erased_rows"),
                row.getTimestamp("created_at").toInstant());
    }

    private static @Nullable String text(@Nullable JsonNode json) {
        return json == null ? null : json.toString();
    }

    private @Nullable JsonNode nullableJson(@Nullable String text) {
        return text == null ? null : json(text);
    }

    private JsonNode json(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("The database gave a document that is not JSON.", impossible);
        }
    }
}
