package dev.taxon.serving.adapter;

import dev.taxon.sdk.wire.AdapterVersion;
import dev.taxon.sdk.wire.Page;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.http.PageRequest;
import dev.taxon.serving.http.ResourceName;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** Versions as they are shown. Thread-safe. */
@Singleton
final class AdapterVersionList {
    private final TenantTransactions transactions;
    private final AdapterVersions versions;
    private final AdapterVersionRows rows;

    AdapterVersionList(TenantTransactions transactions, AdapterVersions versions, AdapterVersionRows rows) {
        this.transactions = transactions;
        this.versions = versions;
        this.rows = rows;
    }

    Page<AdapterVersion> page(UUID tenant, String name, PageRequest page) {
        ResourceName.check(name, "name");
        List<AdapterVersion> found = transactions.in(tenant, () -> {
            if (!versions.hasAdapter(name)) {
                throw AdapterVersions.notFound();
            }
            return rows.after(name, page.afterNumber(), page.limit() + 1).stream()
                    .map(VersionView::of)
                    .toList();
        });
        return page.page(found, version -> Integer.toString(version.version()));
    }

    AdapterVersion get(UUID tenant, String name, int number) {
        ResourceName.check(name, "name");
        return VersionView.of(transactions.in(tenant, () -> versions.require(name, number)));
    }
}
