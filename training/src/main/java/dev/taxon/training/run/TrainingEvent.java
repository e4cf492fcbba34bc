package dev.taxon.training.run;

import java.nio.file.Path;

/** What a run tells whoever watches it. */
public sealed interface TrainingEvent {

    /**
     * The run begins, or goes on.
     *
     * @param fromStep steps done before, 0 for a new run
     * @param steps steps of the whole run
     */
    record Started(int fromStep, int steps, int sets, long rows) implements TrainingEvent {}

    /**
     * A step is done.
     *
     * @param loss smoothed over the last steps
     * @param examplesPerSecond recent rate
     * @param tokensPerSecond recent rate, of texts and distinct labels without padding
     * @param secondsLeft until the last step at the recent pace
     * @param learningRate of the encoder
     */
    record Stepped(
            int step,
            int steps,
            long rowsSeen,
            double loss,
            double examplesPerSecond,
            double tokensPerSecond,
            double secondsLeft,
            double learningRate)
            implements TrainingEvent {}

    /**
     * What a step of learning from rewards saw; means over its rows, and over a row's decisions.
     *
     * @param reward of an answer
     * @param advantage reward minus what was expected
     * @param entropy of a decision, in nats
     * @param divergence of a decision from the frozen reference policy (Kullback-Leibler), in nats
     * @param clipFraction share of decisions whose ratio lay outside the clip
     * @param valueLoss squared error of the value head
     */
    record Rewarded(
            int step,
            double reward,
            double advantage,
            double entropy,
            double divergence,
            double clipFraction,
            double valueLoss)
            implements TrainingEvent {}

    /**
     * Something that does not stop the run and should be known.
     *
     * @param name what kind of warning it is, for programs
     * @param message one sentence for people, without contents of rows
     */
    record Warned(String name, String message) implements TrainingEvent {}

    /** A checkpoint is on disk, from which the run can go on. */
    record CheckpointWritten(int step, Path folder) implements TrainingEvent {}

    /** The run was asked to stop and did, after writing a checkpoint. */
    record Stopped(int step, int steps, Path checkpoint) implements TrainingEvent {
        /** One sentence that says how to go on. */
        public String howToResume() {
            return "Stopped after step " + step + " of " + steps + "; the same command with --resume goes on from "
                    + checkpoint + ".";
        }
    }

    /** The run is over and the model stands. */
    record Finished(int steps, long rowsSeen, double loss, double seconds, Path model) implements TrainingEvent {}
}
