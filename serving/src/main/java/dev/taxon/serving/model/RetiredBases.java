package dev.taxon.serving.model;

import dev.taxon.sdk.wire.Model;
import dev.taxon.sdk.wire.ModelState;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** Base models that no longer answer, as far as a tenant's versions name them. Thread-safe. */
@Singleton
final class RetiredBases {
    /** A version whose base is not verified was checked against one nevertheless. */
    private static final String NAMED =
            "SELECT DISTINCT base_name, coalesce(base_digest, lineage ->> 'base_digest') AS digest FROM adapter_version"
                    + " ORDER BY base_name, digest";

    private final TenantTransactions transactions;
    private final BaseCheckpoints served;

    RetiredBases(TenantTransactions transactions, BaseCheckpoints served) {
        this.transactions = transactions;
        this.served = served;
    }

    List<Model> of(UUID tenant) {
        List<Model> named = transactions.sql(
                tenant,
                connection -> Sql.query(
                        connection,
                        NAMED,
                        row -> new Model(
                                row.getString("base_name"), row.getString("digest"), ModelState.RETIRED, null)));
        return named.stream()
                .filter(base -> served.find(base.digest(), base.name()).isEmpty())
                .toList();
    }
}
