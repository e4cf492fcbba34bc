package dev.taxon.cli.supervise;

import java.time.Duration;

/**
 * When a service that died is started again, and when no more.
 *
 * @param firstPause pause after the first death; doubles with each further one
 * @param longestPause where the doubling ends
 * @param deaths so many deaths in a row, none of them after a steady run, and it is given up
 * @param deathsBeforeFirstRun as {@code deaths}, for a service that has never been of use
 * @param steady a run of this length ends a row of deaths
 * @param readyWithin a start that takes longer has failed
 */
public record RestartPolicy(
        Duration firstPause,
        Duration longestPause,
        int deaths,
        int deathsBeforeFirstRun,
        Duration steady,
        Duration readyWithin) {
    private static final int MOST_DOUBLINGS = 20;
    /** On a machine that is busy with other things, what only gets their leavings takes that much longer to start. */
    private static final int LOW_PRIORITY = 10;

    /**
     * What has been of use once is never given up, whatever kills it, and its pauses are short beside its own start, which
     * takes some seconds: that is all that callers wait for.
     */
    public static RestartPolicy standard() {
        return new RestartPolicy(
                Duration.ofMillis(200),
                Duration.ofSeconds(1),
                Integer.MAX_VALUE,
                2,
                Duration.ofSeconds(10),
                Duration.ofSeconds(120));
    }

    /** The same for what is never given up. */
    public static RestartPolicy endless() {
        RestartPolicy standard = standard();
        return new RestartPolicy(
                standard.firstPause,
                Duration.ofSeconds(30),
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                standard.steady,
                standard.readyWithin.multipliedBy(LOW_PRIORITY));
    }

    Duration pauseAfter(int deathsInARow) {
        Duration pause = firstPause.multipliedBy(1L << Math.min(deathsInARow - 1, MOST_DOUBLINGS));
        return pause.compareTo(longestPause) > 0 ? longestPause : pause;
    }
}
