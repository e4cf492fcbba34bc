package dev.taxon.serving.queue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes in jobs. Thread-safe. */
@Singleton
public final class JobQueue {
    private static final String INSERT =
            "INSERT INTO job (id, kind, state, request, adapter, dataset_version_id) VALUES (?, ?, ?, ?::jsonb, ?, ?)";

    private final TenantTransactions transactions;

    JobQueue(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Puts a job in its tenant's line, within the caller's transaction as that tenant: it is there for workers once that
     * has committed.
     *
     * @param request what was asked for, as the wire had it
     * @param adapter the name of the adapter that it is about
     * @param datasetVersion the dataset version that it reads
     * @return the job's id
     */
    public UUID enqueue(JobKind kind, JsonNode request, @Nullable String adapter, @Nullable UUID datasetVersion) {
        UUID id = UUID.randomUUID();
        transactions.sql(connection -> {
            Sql.update(
                    connection,
                    INSERT,
                    id,
                    kind.word(),
                    new JobState.Queued().word(),
                    request.toString(),
                    adapter,
                    datasetVersion);
            JobNotices.tellOfWork(connection);
            return true;
        });
        return id;
    }
}
