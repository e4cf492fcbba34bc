package dev.taxon.training.run;

import dev.taxon.training.step.StepResult;
import java.util.List;

/**
 * The steps of a run. What a step reads and uses follows from its number alone, so that a run may go on from any
 * checkpoint. Used by one thread.
 */
public interface Curriculum {

    /** How many steps there are; may become fewer while the run goes on, never fewer than are done. */
    int steps();

    /**
     * Does what is due between two steps, such as a look at held-out rows. When asked to stop it returns early, and does
     * it anew the next time.
     *
     * @param done steps that are done
     */
    void between(int done, StopSignal stop);

    /** Takes a step, numbered from 1. */
    Outcome step(int step);

    /** The learning rate of a step, by which the curve names it. */
    double rate(int step);

    /** Whether a checkpoint is due after a step. */
    boolean checkpointAfter(int step);

    /** Where a step's rows come from, such as {@code clinc150 row 12}; rows are counted from 1. */
    List<String> places(int step);

    /**
     * What a step did.
     *
     * @param tokens of texts and distinct labels, without padding
     */
    record Outcome(StepResult result, int rows, long tokens) {}
}
