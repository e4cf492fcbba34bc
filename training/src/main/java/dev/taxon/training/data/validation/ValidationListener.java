package dev.taxon.training.data.validation;

/** Told now and then how far the reading of tokens is, which takes most of the time; on the validation's thread. */
@FunctionalInterface
public interface ValidationListener {

    /**
     * So many rows are done.
     *
     * @param total rows there are altogether
     */
    void validated(long rows, long total);
}
