package dev.taxon.serving.dataset;

import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import java.util.UUID;

/** Versions of adapters as rows alone, as if they had been trained on versions of data. */
record TrainedAdapters(TenantTransactions transactions, UUID tenant) {

    int erasedRows(UUID adapterVersion) {
        String select = "SELECT erased_rows FROM adapter_version WHERE id = ?";
        return transactions.sql(
                tenant,
                connection -> Sql.first(connection, select, row -> row.getInt(1), adapterVersion)
                        .orElseThrow());
    }

    /** A request, or what is kept of one. */
    String goingOnFrom(UUID adapterVersion) {
        String select = "SELECT a.name FROM adapter a JOIN adapter_version v ON v.adapter_id = a.id WHERE v.id = ?";
        return transactions.sql(
                tenant,
                connection -> Sql.first(
                                connection, select, row -> "{\"from\": \"" + row.getString(1) + "@1\"}", adapterVersion)
                        .orElseThrow());
    }

    /** An adapter's first version. */
    UUID on(UUID version) {
        return on(version, "{}");
    }

    /** As above, from another version on. */
    UUID on(UUID version, UUID from) {
        return on(version, "{\"request\": " + goingOnFrom(from) + "}");
    }

    private UUID on(UUID version, String lineage) {
        UUID adapter = UUID.randomUUID();
        UUID adapterVersion = UUID.randomUUID();
        transactions.sql(tenant, connection -> {
            Sql.update(connection, "INSERT INTO adapter (id, name) VALUES (?, ?)", adapter, "a" + adapter);
            String insert =
                    "INSERT INTO adapter_version (id, adapter_id, number, digest, base_name, labels, bytes, rank,"
                            + " lineage, source, dataset_version_id) VALUES (?, ?, 1, 'd', 'b', '[]', 1, 1, ?, 'job', ?)";
            return Sql.update(connection, insert, adapterVersion, adapter, lineage, version);
        });
        return adapterVersion;
    }
}
