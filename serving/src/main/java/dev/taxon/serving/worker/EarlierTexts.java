package dev.taxon.serving.worker;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.adapter.AdapterReference;
import dev.taxon.serving.adapter.AdapterVersionInfo;
import dev.taxon.serving.adapter.AdapterVersions;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.training.data.PlainText;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What two versions know from those that their trainings went on from, and these from those before them: they have learned
 * the rows of all of these. Thread-safe.
 */
@Singleton
final class EarlierTexts {
    private final TenantTransactions transactions;
    private final AdapterVersions versions;
    private final VersionRows rows;

    EarlierTexts(TenantTransactions transactions, AdapterVersions versions, VersionRows rows) {
        this.transactions = transactions;
        this.versions = versions;
        this.rows = rows;
    }

    /**
     * The texts, as {@link PlainText} has them; of versions that were imported none, as nobody here knows what they learned.
     *
     * @throws ProblemException when a version or its rows are not there any more
     */
    Set<String> of(Task task, Predecessor predecessor) throws IOException {
        Set<UUID> data = transactions.in(task.tenant(), () -> data(task, predecessor));
        Set<String> texts = new HashSet<>();
        for (UUID each : data) {
            rows.read(task, each, "earlier").forEach(row -> texts.add(PlainText.of(row.text())));
        }
        return texts;
    }

    private Set<UUID> data(Task task, Predecessor predecessor) {
        Set<UUID> data = new LinkedHashSet<>();
        collect(task.request().from(), data);
        collect(from(predecessor.version()), data);
        return data;
    }

    /** Ends, as a version goes on from one that was there before it. */
    private void collect(@Nullable String reference, Set<UUID> data) {
        for (String next = reference; next != null; ) {
            AdapterVersionInfo version = require(next);
            if (version.datasetVersion() != null) {
                data.add(version.datasetVersion());
            }
            next = from(version);
        }
    }

    private static @Nullable String from(AdapterVersionInfo version) {
        return version.lineage().path("request").path("from").textValue();
    }

    private AdapterVersionInfo require(String reference) {
        try {
            return versions.require(AdapterReference.parse(reference, "from"));
        } catch (ProblemException gone) {
            throw new ProblemException(
                    ErrorCode.CONFLICT,
                    "One of both went on from " + reference
                            + ", which is not there any more: nobody knows which rows it had learned.");
        }
    }
}
