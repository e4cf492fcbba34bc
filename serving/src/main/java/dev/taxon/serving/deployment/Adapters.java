package dev.taxon.serving.deployment;

import dev.taxon.sdk.wire.Adapter;
import dev.taxon.sdk.wire.Page;
import dev.taxon.serving.adapter.AdapterVersions;
import dev.taxon.serving.audit.Audit;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.http.PageRequest;
import dev.taxon.serving.http.ResourceName;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** A tenant's adapters beside what answers of them; and their deletion, which waits as promotions do. Blocks. Thread-safe. */
@Singleton
final class Adapters {
    private static final String SELECT = "SELECT " + DeploymentRows.COLUMNS
            + ", a.created_at, (SELECT max(v.number) FROM adapter_version v WHERE v.adapter_id = a.id) AS latest"
            + DeploymentRows.TABLES;

    private final TenantTransactions transactions;
    private final DeploymentRows rows;
    private final AdapterVersions versions;
    private final Settlement settlement;
    private final Audit audit;

    Adapters(
            TenantTransactions transactions,
            DeploymentRows rows,
            AdapterVersions versions,
            Settlement settlement,
            Audit audit) {
        this.transactions = transactions;
        this.rows = rows;
        this.versions = versions;
        this.settlement = settlement;
        this.audit = audit;
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

    /**
     * Deletes an adapter with all its versions; comes back when none of them answers anywhere.
     *
     * @param force also when one of them is active, canary or shadow; a conflict otherwise
     */
    void delete(UUID tenant, String name, boolean force) {
        ResourceName.check(name, "name");
        Deleted deleted = transactions.in(tenant, () -> {
            DeploymentState state = rows.lock(name).orElseThrow(Deployments::noSuch);
            if (!force && state.inUse().findAny().isPresent()) {
                throw Deployments.conflict("A version of this adapter answers calls. To delete it nevertheless, add"
                        + " ?force=true: calls that name it are refused from then on.");
            }
            audit.record("adapter.delete", name);
            transactions.sql(connection -> Sql.update(connection, "DELETE FROM adapter WHERE id = ?", state.adapter()));
            // Last, as it holds up the changes of all tenants until this is committed.
            return new Deleted(state.adapter(), rows.noteChange(state.adapter()));
        });
        settlement.await(tenant, deleted.adapter(), deleted.generation());
    }

    /** Deletes a version that does not answer; comes back when it can be called nowhere. */
    void delete(UUID tenant, String name, int number) {
        ResourceName.check(name, "name");
        Deleted deleted = transactions.in(tenant, () -> {
            DeploymentState state = rows.lock(name).orElseThrow(Deployments::noSuch);
            UUID version = versions.require(name, number).id();
            if (state.inUse().anyMatch(used -> used == number)) {
                throw Deployments.conflict("This version is active, canary or shadow. Promote another one, or end the"
                        + " canary or shadow, before you delete it.");
            }
            audit.record("adapter.version.delete", name + "@" + number);
            transactions.sql(connection -> Sql.update(connection, "DELETE FROM adapter_version WHERE id = ?", version));
            boolean previous = Integer.valueOf(number).equals(state.previous());
            DeploymentState changed = rows.change(previous ? state.withoutPrevious() : state);
            return new Deleted(state.adapter(), changed.generation());
        });
        settlement.await(tenant, deleted.adapter(), deleted.generation());
    }

    private record Deleted(UUID adapter, long generation) {}

    private static Adapter read(ResultSet row) throws SQLException {
        return new Adapter(
                row.getString("name"),
                row.getObject("latest", Integer.class),
                DeploymentRows.read(row).wire(),
                row.getTimestamp("created_at").toInstant());
    }
}
