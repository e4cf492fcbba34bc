package dev.taxon.serving.deployment;

import dev.taxon.core.adapter.Adapter;
import dev.taxon.serving.adapter.AdapterContents;
import dev.taxon.serving.adapter.AdapterVersionInfo;
import dev.taxon.serving.adapter.AdapterVersions;
import dev.taxon.serving.adapter.StoredContent;
import dev.taxon.serving.adapter.VersionBases;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.model.Base;
import dev.taxon.serving.model.Bases;
import jakarta.inject.Singleton;

/** Looks versions up and brings them into memory, for the base that they belong to. Thread-safe. */
@Singleton
final class ServedVersions {
    private final TenantTransactions transactions;
    private final AdapterVersions versions;
    private final AdapterContents contents;
    private final VersionBases versionBases;
    private final Bases bases;

    ServedVersions(
            TenantTransactions transactions,
            AdapterVersions versions,
            AdapterContents contents,
            VersionBases versionBases,
            Bases bases) {
        this.transactions = transactions;
        this.versions = versions;
        this.contents = contents;
        this.versionBases = versionBases;
        this.bases = bases;
    }

    /** For a call, which counts as a load of its tenant's. */
    ServedVersion load(DeployedAdapter adapter, int number) {
        AdapterVersionInfo version = require(adapter, number);
        Base base = base(version);
        Adapter loaded = contents.get(StoredContent.of(adapter.tenant(), version, base.checkpoint()));
        return ServedVersion.of(adapter.tenant(), version, loaded, base);
    }

    /** For what is about to answer. */
    ServedVersion prepare(DeployedAdapter adapter, int number) {
        AdapterVersionInfo version = require(adapter, number);
        Base base = base(version);
        Adapter loaded = contents.prepare(StoredContent.of(adapter.tenant(), version, base.checkpoint()));
        return ServedVersion.of(adapter.tenant(), version, loaded, base);
    }

    /** A problem when it is no longer served. */
    private Base base(AdapterVersionInfo version) {
        return bases.of(versionBases.require(version));
    }

    private AdapterVersionInfo require(DeployedAdapter adapter, int number) {
        return transactions.in(
                adapter.tenant(), () -> versions.require(adapter.state().name(), number));
    }
}
