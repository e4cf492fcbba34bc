package dev.taxon.serving.adapter;

import dev.taxon.serving.database.TenantTransactions;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs versions as PEFT's folders, piece by piece. Thread-safe. */
@Singleton
public final class AdapterExport {
    private final TenantTransactions transactions;
    private final AdapterVersions versions;
    private final AdapterFiles files;

    AdapterExport(TenantTransactions transactions, AdapterVersions versions, AdapterFiles files) {
        this.transactions = transactions;
        this.versions = versions;
        this.files = files;
    }

    /** Writes packed bytes as they come. */
    @FunctionalInterface
    public interface Packing {
        void writeTo(OutputStream out) throws IOException;
    }

    /** The version's folder as a zip, which is read from the database while it is written; a problem when there is none. */
    public Packing pack(UUID tenant, AdapterReference reference) {
        AdapterVersionInfo version = transactions.in(tenant, () -> versions.require(reference));
        List<String> names = files.names(tenant, version.id());
        return out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(version.name() + "/" + name));
                files.copy(tenant, version.id(), name, zip);
                zip.closeEntry();
            }
            zip.finish();
        };
    }
}
