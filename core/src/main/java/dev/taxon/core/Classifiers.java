package dev.taxon.core;

import dev.taxon.core.checkpoint.Checkpoint;

/** Opens classifiers. */
public final class Classifiers {
    private Classifiers() {}

    /**
     * Loads a checkpoint onto the device. The caller closes the classifier; the checkpoint may be closed at once.
     *
     * <p>The first time in a process adds a shutdown hook, which waits for the forward passes that run, as the process would crash
     * otherwise, and lets none begin any more. To answer what has come before, hold that off with {@link
     * dev.taxon.core.torch.NativeCalls#hold}.
     *
     * @throws dev.taxon.core.checkpoint.CheckpointException for a checkpoint that cannot be run
     * @throws DeviceException for a device or precision that there is not, and where libtorch does not run here
     */
    public static Classifier open(Checkpoint checkpoint, EngineOptions options) {
        return LocalClassifier.load(checkpoint, options);
    }
}
