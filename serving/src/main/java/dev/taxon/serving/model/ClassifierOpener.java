package dev.taxon.serving.model;

import dev.taxon.core.Classifier;
import dev.taxon.core.checkpoint.Checkpoint;

/** Loads checkpoints onto this process's device, as its settings say. */
@FunctionalInterface
public interface ClassifierOpener {

    /** Loads one, which may be closed at once; the caller closes the classifier. */
    Classifier open(Checkpoint checkpoint);

    /** Loads a base. */
    default Classifier open(BaseCheckpoint base) {
        try (Checkpoint checkpoint = base.open()) {
            return open(checkpoint);
        }
    }
}
