package dev.taxon.serving.queue;

/**
 * A job that a worker has just got.
 *
 * @param fruitless attempts since the last new checkpoint, this one included
 */
public record Claim(Attempt attempt, int fruitless) {
    /** So many attempts in a row without a new checkpoint end a job. */
    public static final int MOST_FRUITLESS = 3;

    /** True when so many attempts have come to nothing that another one would, too. */
    public boolean hopeless() {
        return fruitless > MOST_FRUITLESS;
    }
}
