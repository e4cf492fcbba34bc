package dev.taxon.serving.adapter;

import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.checkpoint.CheckpointException;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.serving.scratch.DiskException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Reads what is stored of versions, and holds it against their digests: whoever uses an adapter, be it to answer, to judge or
 * to go on from, has it from here. Blocks. Thread-safe.
 */
@Singleton
public final class StoredContents {
    private static final Logger LOG = Logger.getLogger(StoredContents.class);

    private final TenantTransactions transactions;
    private final AdapterVersionRows rows;
    private final AdapterFiles files;

    StoredContents(TenantTransactions transactions, AdapterVersionRows rows, AdapterFiles files) {
        this.transactions = transactions;
        this.rows = rows;
        this.files = files;
    }

    /**
     * The adapter that a version was published with.
     *
     * @param folder is made where there is none, and holds the version's files afterwards
     * @throws ProblemException when the version is not there any more, or what is stored of it is not what was published
     * @throws CheckpointException for a version that does not fit the base
     * @throws DiskException when this node has no room for the files
     */
    public Adapter read(StoredContent content, Path folder) {
        try {
            files.write(content.tenant(), content.version(), folder);
        } catch (IOException failure) {
            throw new DiskException(failure);
        }
        return checked(content, folder);
    }

    /** What is kept under a digest is what has it: a chunk that is lost or altered must be of no use to anybody. */
    private Adapter checked(StoredContent content, Path folder) {
        Adapter adapter;
        try {
            adapter = content.base().read(folder);
        } catch (CheckpointException unreadable) {
            throw content.fits() ? damaged(content) : unreadable;
        }
        if (!adapter.digest().equals(content.digest())) {
            throw damaged(content);
        }
        return adapter;
    }

    private ProblemException damaged(StoredContent content) {
        if (!has(content.tenant(), content.version())) {
            // Deleted while it was read.
            return AdapterVersions.notFound();
        }
        LOG.errorf("What is stored of the adapter version %s is not what was published.", content.version());
        return new ProblemException(
                ErrorCode.CONFLICT,
                content.name() + " is damaged: what is stored of it is not what was published. Name or promote another"
                        + " version, and import or train this one again.");
    }

    private boolean has(UUID tenant, UUID version) {
        return transactions.in(tenant, () -> rows.has(version));
    }
}
