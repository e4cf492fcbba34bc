package dev.taxon.training.evaluation;

/** Told how far an evaluation is, on its thread. Whatever it throws ends the evaluation and reaches the caller. */
@FunctionalInterface
public interface EvaluationListener {

    /** So many rows of the file have been counted, before the first is judged; told now and then. */
    default void counted(long rows) {}

    /** @param total rows there are altogether */
    void evaluated(long rows, long total);
}
