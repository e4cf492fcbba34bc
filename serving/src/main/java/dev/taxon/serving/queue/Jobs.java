package dev.taxon.serving.queue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.queue.JobState.Cancelled;
import dev.taxon.serving.queue.JobState.Unfinished;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a tenant sees of its jobs, and its word that it no longer wants one. Thread-safe. */
@Singleton
public final class Jobs {
    /** Has no worker and has ended, by which whoever held it is refused from now on. */
    private static final String CANCEL =
            "UPDATE job SET state = ?, worker = NULL, request = request - 'texts', ended_at = now()" + " WHERE id = ?";

    private final TenantTransactions transactions;
    private final JobEnds ends;

    Jobs(TenantTransactions transactions, JobEnds ends) {
        this.transactions = transactions;
        this.ends = ends;
    }

    /** The job; empty when the tenant has none of this id. */
    public Optional<JobRecord> find(UUID tenant, UUID job) {
        return transactions.sql(tenant, connection -> JobTable.find(connection, job));
    }

    /** As above, within the caller's transaction as the tenant. */
    public Optional<JobRecord> read(UUID job) {
        return transactions.sql(connection -> JobTable.find(connection, job));
    }

    /**
     * The tenant's jobs, the newest first.
     *
     * @param state only those in it; null for all
     * @param after the job after which to go on; null to begin
     */
    public List<JobRecord> list(UUID tenant, @Nullable String state, @Nullable UUID after, int most) {
        return transactions.sql(tenant, connection -> JobTable.page(connection, state, after, most));
    }

    /** The events of a job in order, up to {@code most} of those after a number. */
    public List<StoredEvent> events(UUID tenant, UUID job, int after, int most) {
        return transactions.sql(tenant, connection -> EventTable.after(connection, job, after, most));
    }

    /**
     * Ends a job at once, unless it has ended already: its worker may go on for a moment, but changes nothing any more.
     * Within the caller's transaction as the tenant.
     *
     * @return the job as it is then; empty when the tenant has none of this id
     */
    public Optional<JobRecord> cancel(UUID job) {
        return transactions.sql(connection -> {
            Optional<JobRecord> found = JobTable.lock(connection, job);
            if (found.isPresent() && found.get().endedAt() == null) {
                cancel(connection, job, Unfinished.of(found.get().state()).cancel());
                ends.tell(connection, job);
            }
            return JobTable.find(connection, job);
        });
    }

    private static void cancel(Connection connection, UUID job, Cancelled state) throws SQLException {
        Sql.update(connection, CANCEL, state.word(), job);
        CheckpointTable.clear(connection, job);
        EventTable.append(
                connection, job, "state", JsonNodeFactory.instance.objectNode().put("state", state.word()));
    }
}
