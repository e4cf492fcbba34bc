package dev.taxon.serving.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.taxon.core.CandidateLabel;
import dev.taxon.core.Mode;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.AdapterFolder;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.serving.quota.Holdings;
import dev.taxon.serving.quota.Quotas;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Versions of adapters: published once, read for good. Blocks. Thread-safe. */
@Singleton
public final class AdapterVersions {
    private final TenantTransactions transactions;
    private final AdapterNumbers numbers;
    private final AdapterVersionRows rows;
    private final AdapterFiles files;
    private final Holdings holdings;
    private final Quotas quotas;
    private final ObjectMapper json;

    AdapterVersions(
            TenantTransactions transactions,
            AdapterNumbers numbers,
            AdapterVersionRows rows,
            AdapterFiles files,
            Holdings holdings,
            Quotas quotas,
            ObjectMapper json) {
        this.transactions = transactions;
        this.numbers = numbers;
        this.rows = rows;
        this.files = files;
        this.holdings = holdings;
        this.quotas = quotas;
        this.json = json;
    }

    /**
     * Checks a folder against its base, and stores it as the adapter's next version: all of it, or nothing.
     *
     * @param fence runs first in the transaction that publishes; what it throws, such as {@link
     *     dev.taxon.serving.queue.StaleAttemptException}, is thrown here, and nothing is published
     * @return the version's number, which no other version of this name had or will have; for a job that has published
     *     before, the number of that time
     * @throws dev.taxon.core.checkpoint.CheckpointException naming what is damaged, not supported or of another base
     * @throws ProblemException when it would be one adapter more, or a larger one, than the tenant may have
     */
    public int publish(UUID tenant, Publication publication, Runnable fence) {
        Path folder = folderOf(publication.folder());
        Adapter adapter = publication.base().read(folder);
        quotas.checkAdapterSize(tenant, adapter.rank(), AdapterFiles.bytes(folder));
        return transactions.in(tenant, () -> {
            fence.run();
            return published(publication).orElseGet(() -> add(publication, folder, adapter));
        });
    }

    /**
     * Stores what was read of a publication's folder as the adapter's next version, in the caller's tenant transaction.
     *
     * @return the version's number, which no other version of this name had or will have
     */
    int add(Publication publication, Adapter adapter) {
        return add(publication, publication.folder(), adapter);
    }

    /** A version, in the caller's tenant transaction; a problem when there is none. */
    public AdapterVersionInfo require(String name, int number) {
        return rows.find(name, number).orElseThrow(AdapterVersions::notFound);
    }

    /** The version that a reference stands for now, in the caller's tenant transaction; a problem when there is none. */
    public AdapterVersionInfo require(AdapterReference reference) {
        return reference.number().isPresent()
                ? require(reference.name(), reference.number().getAsInt())
                : rows.findActive(reference.name()).orElseThrow(AdapterVersions::notFound);
    }

    /** What a publication kept of the answers to rows that the version did not learn from; in the caller's transaction. */
    public Optional<JsonNode> answers(UUID version) {
        return rows.answers(version);
    }

    /** Whether the tenant of the caller's transaction has an adapter of this name. */
    public boolean hasAdapter(String name) {
        return numbers.knows(name);
    }

    /** The version that a reference stands for now; a problem when there is none. */
    public AdapterVersionInfo find(UUID tenant, AdapterReference reference) {
        return transactions.in(tenant, () -> require(reference));
    }

    /** What is answered for a version that is not there, or is another tenant's. */
    static ProblemException notFound() {
        return new ProblemException(ErrorCode.NOT_FOUND, "There is no such adapter or version.");
    }

    private Optional<Integer> published(Publication publication) {
        UUID job = publication.job();
        return job == null ? Optional.empty() : rows.ofJob(job).map(AdapterVersionInfo::number);
    }

    private int add(Publication publication, Path folder, Adapter adapter) {
        AdapterNumbers.Next next = numbers.next(publication.adapter());
        UUID id = UUID.randomUUID();
        AdapterVersionInfo version = new AdapterVersionInfo(
                id,
                next.adapter(),
                publication.adapter(),
                next.number(),
                adapter.digest(),
                publication.base().name(),
                adapter.base().orElse(null),
                labels(adapter),
                adapter.settings().mode().map(Mode::word).orElse(null),
                AdapterFiles.bytes(folder),
                adapter.rank(),
                publication.metrics(),
                publication.lineage(),
                publication.source().name().toLowerCase(Locale.ROOT),
                publication.job(),
                publication.datasetVersion(),
                0,
                Instant.EPOCH);
        rows.insert(version, publication.answers());
        files.store(id, folder);
        if (next.first()) {
            holdings.requireAdapters();
        }
        return next.number();
    }

    /** The folder of a job that trained an adapter stands for the one in it. */
    private static Path folderOf(Path folder) {
        Path trained = folder.resolve(AdapterFolder.TRAINED);
        boolean job = !Files.exists(folder.resolve(AdapterFolder.CONFIG))
                && Files.exists(trained.resolve(AdapterFolder.CONFIG));
        return job ? trained : folder;
    }

    private JsonNode labels(Adapter adapter) {
        List<CandidateLabel> labels = adapter.settings().labels();
        ArrayNode written = json.createArrayNode();
        for (CandidateLabel label : labels) {
            if (label.description() == null) {
                written.add(label.name());
            } else {
                written.addObject().put("name", label.name()).put("description", label.description());
            }
        }
        return written;
    }
}
