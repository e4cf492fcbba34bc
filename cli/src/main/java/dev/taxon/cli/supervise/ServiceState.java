package dev.taxon.cli.supervise;

import java.time.Duration;

/**
 * The life of a supervised service. The methods of each state are the transitions it allows. Moments are those of
 * {@link Timekeeper#now}.
 */
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
    record Starting(boolean ranBefore, int deathsInARow, Duration since) implements ServiceState {
        Running ready(Duration now) {
            return new Running(deathsInARow, now);
        }

        ServiceState died(String reason, RestartPolicy policy) {
            return afterDeath(ranBefore, deathsInARow + 1, reason, policy);
        }
    }

    /** Does its work. */
    record Running(int deathsInARow, Duration since) implements ServiceState {
        ServiceState died(String reason, Duration now, RestartPolicy policy) {
            boolean wasSteady = now.minus(since).compareTo(policy.steady()) >= 0;
            return afterDeath(true, wasSteady ? 1 : deathsInARow + 1, reason, policy);
        }
    }

    /**
     * Died, and waits for its next start.
     *
     * @param pause how long it waits
     */
    record Pausing(boolean ranBefore, int deathsInARow, String reason, Duration pause) implements ServiceState {
        Starting resume(Duration now) {
            return new Starting(ranBefore, deathsInARow, now);
        }
    }

    /** Died too often; stays down. */
    record GivenUp(int deathsInARow, String reason) implements ServiceState {}

    /** The supervisor failed over it: nothing more is done for it, and its process may still run. */
    record Lost(String reason) implements ServiceState {}

    /** Ended by order. */
    record Stopped() implements ServiceState {}

    private static ServiceState afterDeath(boolean ranBefore, int deathsInARow, String reason, RestartPolicy policy) {
        int patience = ranBefore ? policy.deaths() : policy.deathsBeforeFirstRun();
        return deathsInARow >= patience
                ? new GivenUp(deathsInARow, reason)
                : new Pausing(ranBefore, deathsInARow, reason, policy.pauseAfter(deathsInARow));
    }
}
