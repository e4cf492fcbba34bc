package dev.taxon.cli.supervise;

import java.time.Duration;
import java.time.Instant;

/** The life of a supervised service. The methods of each state are the transitions it allows. */
public sealed interface ServiceState {

    /** Every state can be left by order of the supervisor. */
    default Stopped stop() {
        return new Stopped();
    }

    /**
     * Started, but not yet of use.
     *
     * @param ranBefore whether an earlier start led to a run: if not, the fault is likely to be a lasting one
     */
    record Starting(boolean ranBefore, int deathsInARow, Instant since) implements ServiceState {
        Running ready(Instant now) {
            return new Running(deathsInARow, now);
        }

        ServiceState died(String reason, Instant now, RestartPolicy policy) {
            return afterDeath(ranBefore, deathsInARow + 1, reason, now, policy);
        }
    }

    /** Does its work. */
    record Running(int deathsInARow, Instant since) implements ServiceState {
        ServiceState died(String reason, Instant now, RestartPolicy policy) {
            boolean wasSteady = Duration.between(since, now).compareTo(policy.steady()) >= 0;
            return afterDeath(true, wasSteady ? 1 : deathsInARow + 1, reason, now, policy);
        }
    }

    /** Died, and waits for its next start. */
    record Pausing(boolean ranBefore, int deathsInARow, String reason, Instant until) implements ServiceState {
        Starting resume(Instant now) {
            return new Starting(ranBefore, deathsInARow, now);
        }
    }

    /** Died too often; stays down. */
    record GivenUp(int deathsInARow, String reason) implements ServiceState {}

    /** Ended by order. */
    record Stopped() implements ServiceState {}

    private static ServiceState afterDeath(
            boolean ranBefore, int deathsInARow, String reason, Instant now, RestartPolicy policy) {
        int patience = ranBefore ? policy.deaths() : policy.deathsBeforeFirstRun();
        return deathsInARow >= patience
                ? new GivenUp(deathsInARow, reason)
                : new Pausing(ranBefore, deathsInARow, reason, now.plus(policy.pauseAfter(deathsInARow)));
    }
}
