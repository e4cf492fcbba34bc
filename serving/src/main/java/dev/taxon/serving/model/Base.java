package dev.taxon.serving.model;

import dev.taxon.core.Classifier;
import dev.taxon.serving.batching.DynamicBatcher;

/**
 * A base model that answers.
 *
 * @param checkpoint what it was loaded from
 * @param classifier the model on the device
 * @param batcher the queue of the rows that are to be scored by it
 */
public record Base(BaseCheckpoint checkpoint, Classifier classifier, DynamicBatcher batcher) {

    /** The model's name in answers. */
    public String name() {
        return classifier.name();
    }
}
