package dev.taxon.serving.queue;

import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Lines that a job leaves behind, in pieces that stand with how far the job was when it wrote them. Thread-safe. */
@Singleton
public final class JobResults {
    /** How long lines stay after the end of their job. */
    public static final Duration KEPT = Duration.ofDays(30);

    private static final String ADD = "INSERT INTO job_result_chunk (job_id, position, data)"
            + " SELECT ?, coalesce(max(position) + 1, 0), ? FROM job_result_chunk WHERE job_id = ?";
    private static final String PIECE = "SELECT data FROM job_result_chunk WHERE job_id = ? AND position = ?";

    private final HeldJobs jobs;
    private final TenantTransactions transactions;

    JobResults(HeldJobs jobs, TenantTransactions transactions) {
        this.jobs = jobs;
        this.transactions = transactions;
    }

    /**
     * Adds lines at the end.
     *
     * @param lines whole lines, a megabyte or so
     * @param rows of the job's data, up to which all lines are there now: another attempt goes on after them
     * @throws StaleAttemptException when the job is no longer the attempt's
     */
    public void append(Attempt attempt, byte[] lines, long rows) {
        jobs.write(attempt, connection -> {
            Sql.update(connection, ADD, attempt.job(), lines, attempt.job());
            CheckpointTable.reached(connection, attempt.job(), rows);
            return true;
        });
    }

    /**
     * Takes all lines away where rows of the job's data were erased since it was begun: nobody knows then which row comes
     * after the last line.
     *
     * @return whether it did, so that the job begins with the first row
     * @throws StaleAttemptException when the job is no longer the attempt's
     */
    public boolean beginAnewAfterErasures(Attempt attempt) {
        return jobs.write(attempt, connection -> {
            String again = "UPDATE job SET checkpoint_step = NULL, erased_rows = 0 WHERE id = ? AND erased_rows > 0";
            boolean anew = Sql.update(connection, again, attempt.job()) == 1;
            if (anew) {
                Sql.update(connection, "DELETE FROM job_result_chunk WHERE job_id = ?", attempt.job());
            }
            return anew;
        });
    }

    /** Writes all lines to a stream, which stays the caller's to close; a slow reader holds no connection. */
    public void copy(UUID tenant, UUID job, OutputStream out) throws IOException {
        int position = 0;
        for (Optional<byte[]> piece = piece(tenant, job, 0); piece.isPresent(); piece = piece(tenant, job, position)) {
            out.write(piece.get());
            position++;
        }
    }

    private Optional<byte[]> piece(UUID tenant, UUID job, int position) {
        return transactions.sql(
                tenant, connection -> Sql.first(connection, PIECE, row -> row.getBytes(1), job, position));
    }
}
