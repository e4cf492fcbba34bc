package dev.taxon.serving.queue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.sdk.wire.Problem;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where a job is. The methods of each state are the transitions it allows, and the only way from one to another; what has
 * ended has none.
 */
public sealed interface JobState {

    /** In lower case, as it is stored and written. */
    default String word() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** A job that something still happens to. */
    sealed interface Unfinished extends JobState {

        /** The state that was stored under this word; one that is none of these is a fault of the program. */
        static Unfinished of(String word) {
            return Stream.of(new Queued(), new Validating(), new Running(), new Evaluating())
                    .map(Unfinished.class::cast)
                    .filter(state -> state.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no state of an unfinished job: " + word));
        }

        /** A worker begins an attempt at it, whatever an earlier attempt came to. */
        default Validating takeUp() {
            return new Validating();
        }

        /** Its worker stops before the job has ended; another attempt will follow. */
        default Queued giveBack() {
            return new Queued();
        }

        /** It cannot be done. */
        default Failed fail(Problem problem) {
            return new Failed(problem);
        }

        /** Its owner no longer wants it. */
        default Cancelled cancel() {
            return new Cancelled();
        }
    }

    /** A job that nothing happens to any more. */
    sealed interface Ended extends JobState {}

    /** Waits for a worker. */
    record Queued() implements Unfinished {}

    /** What it needs is fetched and checked. */
    record Validating() implements Unfinished {
        public Running run() {
            return new Running();
        }
    }

    /** Does what it is for. */
    record Running() implements Unfinished {
        /** A job that makes an adapter has made it, and now judges and publishes it. */
        public Evaluating evaluate() {
            return new Evaluating();
        }

        /** A job without such an end is done. */
        public Succeeded succeed(JsonNode result) {
            return new Succeeded(result);
        }
    }

    /** Judges and publishes what was learned. */
    record Evaluating() implements Unfinished {
        public Succeeded succeed(JsonNode result) {
            return new Succeeded(result);
        }
    }

    /**
     * Done.
     *
     * @param result what came of it, by the kind of job
     */
    record Succeeded(JsonNode result) implements Ended {}

    /**
     * Cannot be done.
     *
     * @param problem why, in words that the job's owner can act on
     */
    record Failed(Problem problem) implements Ended {}

    /** Was no longer wanted. */
    record Cancelled() implements Ended {}
}
