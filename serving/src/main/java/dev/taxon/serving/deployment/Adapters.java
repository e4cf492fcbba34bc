package dev.taxon.serving.deployment;

import dev.taxon.sdk.wire.Adapter;
import dev.taxon.sdk.wire.Page;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.http.PageRequest;
import dev.taxon.serving.http.ResourceName;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** A tenant's adapters beside what answers of them. Blocks. Thread-safe. */
@Singleton
final class Adapters {
    private static final String SELECT = "SELECT " + DeploymentRows.COLUMNS
            + ", a.created_at, (SELECT max(v.number) FROM adapter_version v WHERE v.adapter_id = a.id) AS latest"
            + DeploymentRows.TABLES;

    private final TenantTransactions transactions;

    Adapters(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    Page<Adapter> list(UUID tenant, PageRequest page) {
        String after = page.after() == null ? "" : page.after();
        List<Adapter> found = transactions.sql(
                tenant,
                connection -> Sql.query(
                        connection,
                        SELECT + "WHERE a.name > ? ORDER BY a.name LIMIT ?",
                        Adapters::read,
                        after,
                        page.limit() + 1));
        return page.page(found, Adapter::name);
    }

    Adapter get(UUID tenant, String name) {
        ResourceName.check(name, "name");
        return transactions
                .sql(tenant, connection -> Sql.first(connection, SELECT + "WHERE a.name = ?", Adapters::read, name))
                .orElseThrow(Deployments::noSuch);
    }

    private static Adapter read(ResultSet row) throws SQLException {
        return new Adapter(
                row.getString("name"),
                row.getObject("latest", Integer.class),
                DeploymentRows.read(row).wire(),
                row.getTimestamp("created_at").toInstant());
    }
}
