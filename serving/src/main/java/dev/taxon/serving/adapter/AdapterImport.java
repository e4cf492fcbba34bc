package dev.taxon.serving.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.core.adapter.AdapterFolder;
import dev.taxon.core.checkpoint.CheckpointException;
import dev.taxon.sdk.wire.AdapterVersion;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.audit.Audit;
import dev.taxon.serving.config.LimitSettings;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.http.BodyLimit;
import dev.taxon.serving.http.BodyLimits;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.serving.http.ResourceName;
import dev.taxon.serving.idempotency.CreatedAnswers;
import dev.taxon.serving.model.BaseCheckpoint;
import dev.taxon.serving.model.BaseCheckpoints;
import dev.taxon.serving.quota.Holdings;
import dev.taxon.serving.quota.Quotas;
import dev.taxon.serving.scratch.DiskException;
import dev.taxon.serving.scratch.WorkFolder;
import dev.taxon.serving.scratch.WorkFolders;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Takes in folders that were packed elsewhere: to a file, unpacked, checked against the base that they fit, published. Thread-safe. */
@Singleton
final class AdapterImport {
    private static final int BUFFER_BYTES = 1 << 16;

    private final LimitSettings limits;
    private final BaseCheckpoints bases;
    private final WorkFolders folders;
    private final AdapterVersions versions;
    private final PublishingTurns turns;
    private final TenantTransactions transactions;
    private final Quotas quotas;
    private final Holdings holdings;
    private final Audit audit;
    private final CreatedAnswers answers;
    private final ObjectMapper json;

    AdapterImport(
            LimitSettings limits,
            BaseCheckpoints bases,
            WorkFolders folders,
            AdapterVersions versions,
            PublishingTurns turns,
            TenantTransactions transactions,
            Quotas quotas,
            Holdings holdings,
            Audit audit,
            CreatedAnswers answers,
            ObjectMapper json) {
        this.limits = limits;
        this.bases = bases;
        this.folders = folders;
        this.versions = versions;
        this.turns = turns;
        this.transactions = transactions;
        this.quotas = quotas;
        this.holdings = holdings;
        this.audit = audit;
        this.answers = answers;
        this.json = json;
    }

    /** Publishes what a body packs as the adapter's next version. */
    AdapterVersion receive(UUID tenant, String name, InputStream body) {
        ResourceName.check(name, "name");
        transactions.run(tenant, () -> checkRoom(name));
        try (WorkFolder work = folders.open()) {
            Path zip = work.path().resolve("adapter.zip");
            store(body, zip);
            Path folder = Files.createDirectory(work.path().resolve("adapter"));
            new AdapterArchive(limits.adapterBytes()).unpack(zip, folder);
            return publish(tenant, name, folder);
        } catch (IOException failure) {
            throw new DiskException(failure);
        }
    }

    /** Before a body is taken in that nothing can come of. */
    private void checkRoom(String name) {
        if (!versions.hasAdapter(name)) {
            holdings.checkAdapters();
        }
    }

    private void store(InputStream body, Path zip) throws IOException {
        BodyLimit limit = BodyLimits.adapterFolder(limits);
        byte[] buffer = new byte[BUFFER_BYTES];
        long received = 0;
        try (OutputStream file = Files.newOutputStream(zip)) {
            for (int read = read(body, buffer); read >= 0; read = read(body, buffer)) {
                received += read;
                limit.check(received);
                file.write(buffer, 0, read);
            }
        }
    }

    private static int read(InputStream body, byte[] buffer) {
        try {
            return body.read(buffer);
        } catch (IOException hungUp) {
            // Not the disk's doing, as what else fails there is.
            throw new UncheckedIOException(hungUp);
        }
    }

    private AdapterVersion publish(UUID tenant, String name, Path folder) {
        FittedFolder fitted = fitted(folder);
        BaseCheckpoint base = fitted.base();
        ImportedLabels.check(fitted.adapter(), limits.labels());
        quotas.checkAdapterSize(tenant, fitted.adapter().rank(), AdapterFiles.bytes(folder));
        Publication publication = new Publication(
                name, base, folder, Publication.Source.IMPORT, null, null, null, null, lineage(base, folder));
        return turns.during(() -> transactions.in(tenant, () -> {
            int number = versions.add(publication, fitted.adapter());
            audit.record("adapter.import", name + "@" + number);
            return answers.keep(VersionView.of(versions.require(name, number)));
        }));
    }

    private FittedFolder fitted(Path folder) {
        try {
            return FittedFolder.of(folder, bases);
        } catch (CheckpointException refused) {
            // Where it was unpacked is nobody's business; what it says of files and tensors is.
            String words = String.valueOf(refused.getMessage()).replace(folder + "/", "");
            throw new ProblemException(ErrorCode.INVALID_REQUEST, words);
        }
    }

    /** What the folder says of itself, as a claim: nobody here has seen it happen. */
    private ObjectNode lineage(BaseCheckpoint base, Path folder) {
        ObjectNode lineage = json.createObjectNode().put("kind", "import").put("base", base.name());
        lineage.put("base_digest", base.digest());
        Path settings = folder.resolve(AdapterFolder.SETTINGS);
        if (Files.exists(settings)) {
            try {
                JsonNode said = json.readTree(Files.readAllBytes(settings));
                claim(lineage, said, "lineage");
                claim(lineage, said, "metrics");
            } catch (JsonProcessingException unreadable) {
                throw new ProblemException(
                        ErrorCode.INVALID_REQUEST,
                        AdapterFolder.SETTINGS + " is nested too deeply, or holds numbers or names that are too long.");
            } catch (IOException failure) {
                throw new DiskException(failure);
            }
        }
        return lineage;
    }

    private static void claim(ObjectNode lineage, JsonNode said, String field) {
        if (said.has(field)) {
            lineage.set("claimed_" + field, said.get(field));
        }
    }
}
