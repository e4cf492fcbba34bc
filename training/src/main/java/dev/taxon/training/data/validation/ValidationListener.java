package dev.taxon.training.data.validation;

/**
 * Told now and then how far a validation is, on its thread. Whatever it throws ends the validation and reaches the caller.
 */
@FunctionalInterface
public interface ValidationListener {

    /** So many rows of a file have been read for the first time. */
    default void read(long rows) {}

    /**
     * So many rows are done with their tokens, which take most of the time.
     *
     * @param total rows there are altogether
     */
    void validated(long rows, long total);
}
