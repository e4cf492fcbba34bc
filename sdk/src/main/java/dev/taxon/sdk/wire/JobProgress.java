package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * How far a job is. Of training: steps; of the other kinds: rows.
 *
 * @param step done so far
 * @param steps in all; absent while that is not known
 * @param loss of training, smoothed over the last steps
 * @param reward of learning from rewards: the mean of the last step's answers
 * @param examplesPerSecond recent rate
 * @param learningRate of the last step
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobProgress(
        long step,
        @Nullable Long steps,
        @Nullable Double loss,
        @Nullable Double reward,
        @Nullable Double examplesPerSecond,
        @Nullable Double learningRate) {

    /** So many rows of so many. */
    public static JobProgress ofRows(long done, long all) {
        return new JobProgress(done, all, null, null, null, null);
    }
}
