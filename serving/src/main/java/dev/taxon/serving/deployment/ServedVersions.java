package dev.taxon.serving.deployment;

import dev.taxon.core.adapter.Adapter;
import dev.taxon.serving.adapter.AdapterContents;
import dev.taxon.serving.adapter.AdapterVersionInfo;
import dev.taxon.serving.adapter.AdapterVersions;
import dev.taxon.serving.database.TenantTransactions;
import jakarta.inject.Singleton;

/** Looks versions up and brings them into memory. Thread-safe. */
@Singleton
final class ServedVersions {
    private final TenantTransactions transactions;
    private final AdapterVersions versions;
    private final AdapterContents contents;

    ServedVersions(TenantTransactions transactions, AdapterVersions versions, AdapterContents contents) {
        this.transactions = transactions;
        this.versions = versions;
        this.contents = contents;
    }

    /** For a call, which counts as a load of its tenant's. */
    ServedVersion load(DeployedAdapter adapter, int number) {
        AdapterVersionInfo version = require(adapter, number);
        Adapter loaded = contents.get(adapter.tenant(), version.id(), version.digest());
        return ServedVersion.of(adapter.tenant(), version, loaded);
    }

    /** For what is about to answer. */
    ServedVersion prepare(DeployedAdapter adapter, int number) {
        AdapterVersionInfo version = require(adapter, number);
        Adapter loaded = contents.prepare(adapter.tenant(), version.id(), version.digest());
        return ServedVersion.of(adapter.tenant(), version, loaded);
    }

    private AdapterVersionInfo require(DeployedAdapter adapter, int number) {
        return transactions.in(
                adapter.tenant(), () -> versions.require(adapter.state().name(), number));
    }
}
