package dev.taxon.core;

import dev.taxon.core.checkpoint.Checkpoint;

/** Opens classifiers. */
public final class Classifiers {
    private Classifiers() {}

    /**
     * Loads a checkpoint onto the device. The caller closes the classifier; the checkpoint may be closed at once.
     *
     * @throws dev.taxon.core.checkpoint.CheckpointException for a checkpoint that cannot be run
     * @throws DeviceException for a device or precision that there is not, and where libtorch does not run here
     */
    public static Classifier open(Checkpoint checkpoint, EngineOptions options) {
        return LocalClassifier.load(checkpoint, options);
    }
}
