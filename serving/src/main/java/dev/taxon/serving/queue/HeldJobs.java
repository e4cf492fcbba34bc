package dev.taxon.serving.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.sdk.wire.WireJson;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.queue.JobState.Ended;
import dev.taxon.serving.queue.JobState.Failed;
import dev.taxon.serving.queue.JobState.Queued;
import dev.taxon.serving.queue.JobState.Succeeded;
import dev.taxon.serving.queue.JobState.Unfinished;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Function;
import org.hibernate.jdbc.ReturningWork;
import org.jspecify.annotations.Nullable;

/**
 * What a worker writes of the job that it holds. Every write is a transaction that first makes sure of that: it throws {@link
 * StaleAttemptException}, and nothing is written, when the job is no longer the attempt's. Thread-safe.
 */
@Singleton
public final class HeldJobs {
    private static final String HOLD = "SELECT state FROM job WHERE id = ? AND attempt = ? AND worker IS NOT NULL"
            + " AND ended_at IS NULL FOR UPDATE";
    private static final String END = "UPDATE job SET state = ?, problem = ?::jsonb, result = ?::jsonb, worker = NULL,"
            + " request = request - 'texts', ended_at = now() WHERE id = ?";
    private static final String GIVE_BACK =
            "UPDATE job SET state = ?, worker = NULL, fruitless = greatest(fruitless - 1, 0) WHERE id = ?";

    /** The worker stays named: until the pause is over it counts as heard of, so that nobody takes the job up. */
    private static final String SET_ASIDE = "UPDATE job SET state = ?, fruitless = greatest(fruitless - 1, 0),"
            + " heartbeat_at = now() + make_interval(secs => ?) WHERE id = ?";

    private static final String CHOOSE =
            "UPDATE job SET compute_type = coalesce(compute_type, ?) WHERE id = ? RETURNING compute_type";

    private final TenantTransactions transactions;
    private final JobEnds ends;

    HeldJobs(TenantTransactions transactions, JobEnds ends) {
        this.transactions = transactions;
        this.ends = ends;
    }

    /** Runs the work in the fenced transaction. */
    public <T> T write(Attempt attempt, ReturningWork<T> work) {
        return transactions.sql(attempt.tenant(), connection -> {
            hold(connection, attempt);
            return work.execute(connection);
        });
    }

    /**
     * The fence for what others write on an attempt's behalf, in the transaction that the caller is in: until that ends, the
     * job stays the attempt's. Throws {@link StaleAttemptException} when it no longer is.
     */
    public void requireHeld(Attempt attempt) {
        transactions.sql(connection -> {
            hold(connection, attempt);
            return true;
        });
    }

    /** The job as it was asked for. */
    public JobRecord read(Attempt attempt) {
        return write(attempt, connection -> JobTable.whole(connection, attempt.job()))
                .orElseThrow(() -> new StaleAttemptException(attempt));
    }

    /** The job is in another state from now on, as its events tell; one that has ended is no longer held. */
    public <S extends JobState> S enter(Attempt attempt, S state) {
        return write(attempt, connection -> {
            store(connection, attempt, state);
            EventTable.append(connection, attempt.job(), "state", described(state));
            if (state instanceof Ended) {
                ends.tell(connection, attempt.job());
            }
            return state;
        });
    }

    /** As above, from whatever state the job is in. */
    public <S extends JobState> S enterFrom(Attempt attempt, Function<Unfinished, S> transition) {
        return enter(attempt, transition.apply(Unfinished.of(read(attempt).state())));
    }

    /**
     * The job waits again, as an event tells, but nobody gets it before a pause is over, and the attempt does not count among
     * those without fruit: it is not the job that kept the worker from its part.
     *
     * @param pause at least {@link JobClaims#SILENCE}
     */
    public void setAside(Attempt attempt, Duration pause) {
        double heard = pause.minus(JobClaims.SILENCE).toSeconds();
        write(attempt, connection -> {
            JobRecord job = JobTable.find(connection, attempt.job()).orElseThrow();
            Queued state = Unfinished.of(job.state()).giveBack();
            EventTable.append(connection, attempt.job(), "state", described(state));
            return Sql.update(connection, SET_ASIDE, state.word(), heard, attempt.job());
        });
    }

    private static void store(Connection connection, Attempt attempt, JobState state) throws SQLException {
        if (state instanceof Ended ended) {
            String problem = ended instanceof Failed failed ? WireJson.string(failed.problem()) : null;
            String result =
                    ended instanceof Succeeded succeeded ? succeeded.result().toString() : null;
            Sql.update(connection, END, state.word(), problem, result, attempt.job());
            CheckpointTable.clear(connection, attempt.job());
            // Others may have waited for what this one has read in.
            JobNotices.tellOfWork(connection);
        } else if (state instanceof Queued) {
            Sql.update(connection, GIVE_BACK, state.word(), attempt.job());
            JobNotices.tellOfWork(connection);
        } else {
            Sql.update(connection, "UPDATE job SET state = ? WHERE id = ?", state.word(), attempt.job());
        }
    }

    private static ObjectNode described(JobState state) {
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("state", state.word());
        if (state instanceof Failed failed) {
            data.set("problem", EventTable.tree(WireJson.string(failed.problem())));
        }
        return data;
    }

    /** Something happened that those who watch the job should know. */
    public void tell(Attempt attempt, String kind, JsonNode data) {
        write(attempt, connection -> {
            EventTable.append(connection, attempt.job(), kind, data);
            return true;
        });
    }

    /**
     * How far the job is.
     *
     * @param estimate when it will be done; null where that is not known yet
     */
    public void progress(Attempt attempt, JsonNode progress, @Nullable JsonNode estimate) {
        write(
                attempt,
                connection -> Sql.update(
                        connection,
                        "UPDATE job SET progress = ?::jsonb, estimate = coalesce(?::jsonb, estimate) WHERE id = ?",
                        progress.toString(),
                        estimate == null ? null : estimate.toString(),
                        attempt.job()));
    }

    /** What the first attempt chose to compute in, given this one's choice: all attempts end with the same adapter. */
    public String computeType(Attempt attempt, String own) {
        return write(attempt, connection -> Sql.first(connection, CHOOSE, row -> row.getString(1), own, attempt.job()))
                .orElseThrow();
    }

    private static void hold(Connection connection, Attempt attempt) throws SQLException {
        if (Sql.first(connection, HOLD, row -> row.getString(1), attempt.job(), attempt.number())
                .isEmpty()) {
            throw new StaleAttemptException(attempt);
        }
    }
}
