package dev.taxon.training.evaluation;

/** Told how far an evaluation is, on its thread. */
@FunctionalInterface
public interface EvaluationListener {

    /** @param total rows there are altogether */
    void evaluated(long rows, long total);
}
