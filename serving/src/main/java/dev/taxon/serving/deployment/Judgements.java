package dev.taxon.serving.deployment;

import dev.taxon.serving.adapter.AdapterReference;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.deployment.Judgement.Measured;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What evaluation jobs found of versions; inside the caller's tenant transaction. */
@Singleton
final class Judgements {
    private static final String OF_VERSION =
            "SELECT dataset_version_id, coalesce(result -> 'metrics', result) ->> 'macro_f1' AS macro_f1,"
                    + " coalesce(result -> 'metrics', result) ->> 'accuracy' AS accuracy,"
                    + " result ->> 'mode' AS mode, result ->> 'rows' AS rows"
                    + " FROM job WHERE kind = 'evaluate' AND state = 'succeeded' AND dataset_version_id IS NOT NULL"
                    + " AND coalesce(result ->> 'adapter', request ->> 'adapter') = ? ORDER BY ended_at";

    private final TenantTransactions transactions;

    Judgements(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    private record OnDataset(
            UUID dataset,
            @Nullable String macroF1,
            @Nullable String accuracy,
            Measured measured) {

        static OnDataset read(ResultSet row) throws SQLException {
            return new OnDataset(
                    row.getObject("dataset_version_id", UUID.class),
                    row.getString("macro_f1"),
                    row.getString("accuracy"),
                    new Measured(row.getString("mode"), row.getString("rows")));
        }
    }

    /** By data set version, the latest judgement of each. */
    Map<UUID, Judgement> of(AdapterReference version) {
        List<OnDataset> found =
                transactions.sql(connection -> Sql.query(connection, OF_VERSION, OnDataset::read, version.toString()));
        Map<UUID, Judgement> byDataset = new LinkedHashMap<>();
        for (OnDataset each : found) {
            if (each.accuracy() != null) {
                byDataset.put(each.dataset(), judgement(each.macroF1(), each.accuracy(), each.measured()));
            }
        }
        return byDataset;
    }

    /** A data set version of that name and number. */
    Optional<UUID> dataset(String name, int number) {
        return transactions.sql(connection -> Sql.first(
                connection,
                "SELECT v.id FROM dataset_version v JOIN dataset d ON d.id = v.dataset_id"
                        + " WHERE d.name = ? AND v.number = ?",
                row -> row.getObject(1, UUID.class),
                name,
                number));
    }

    /** Data set versions, the youngest first. */
    List<UUID> latestFirst(Collection<UUID> datasets) {
        List<UUID> youngestFirst = transactions.sql(connection -> Sql.query(
                connection,
                "SELECT id FROM dataset_version ORDER BY created_at DESC, id",
                row -> row.getObject(1, UUID.class)));
        return youngestFirst.stream().filter(datasets::contains).toList();
    }

    private static Judgement judgement(@Nullable String macroF1, String accuracy, Measured measured) {
        return new Judgement(
                macroF1 == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(macroF1)),
                Double.parseDouble(accuracy),
                measured);
    }
}
