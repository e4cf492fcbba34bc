package dev.taxon.serving.batching;

import dev.taxon.core.Classification;
import dev.taxon.core.prompt.EncodedInput;
import java.util.List;

/** Scores one batch in one forward pass: a classifier's own method, or a decorator of it. */
@FunctionalInterface
public interface Scorer {

    /**
     * Scores a batch and waits for the result. Called by two threads at once at most; the device itself runs one batch
     * after another.
     *
     * @return a classification for each row, in the order given
     */
    List<Classification> score(List<EncodedInput> batch);

    /** How many rows of a batch the device computes side by side, so that as many take hardly longer than one. */
    default int lanes() {
        return 1;
    }
}
