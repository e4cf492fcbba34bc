package dev.taxon.serving.queue;

import dev.taxon.serving.database.AcrossTenants;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Gives jobs to workers, whoever's they are, and keeps them theirs for as long as they are heard of. Thread-safe. */
@Singleton
public final class JobClaims {
    /** A worker that has not been heard of for so long no longer holds its job. */
    public static final Duration SILENCE = Duration.ofSeconds(10);

    private static final String CLAIM =
            "SELECT tenant_id, job_id, attempt, fruitless FROM claim_job(?, ?, make_interval(secs => ?))";
    private static final String BEAT =
            "UPDATE job SET heartbeat_at = now() WHERE id = ? AND attempt = ? AND worker IS NOT NULL AND ended_at IS NULL";

    private final AcrossTenants across;
    private final TenantTransactions transactions;

    JobClaims(AcrossTenants across, TenantTransactions transactions) {
        this.across = across;
        this.transactions = transactions;
    }

    /**
     * Takes the job that should run next in a lane; empty when there is none.
     *
     * @param worker a name that this worker shares with no other
     */
    public Optional<Claim> claim(UUID worker, Lane lane) {
        String[] kinds = lane.kinds().stream().map(JobKind::word).toArray(String[]::new);
        return across.query(CLAIM, JobClaims::claim, worker, kinds, (double) SILENCE.toSeconds()).stream()
                .findFirst();
    }

    private static Claim claim(ResultSet row) throws SQLException {
        Attempt attempt = new Attempt(row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getInt(3));
        return new Claim(attempt, row.getInt(4));
    }

    /** Says that the worker is still at it. Throws {@link StaleAttemptException} when the job is no longer its. */
    public void beat(Attempt attempt) {
        int held = transactions.sql(
                attempt.tenant(), connection -> Sql.update(connection, BEAT, attempt.job(), attempt.number()));
        if (held == 0) {
            throw new StaleAttemptException(attempt);
        }
    }
}
