package dev.taxon.core.model;

import ai.djl.Device;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Layout.Joint;
import dev.taxon.core.checkpoint.Layout.LateMixing;
import dev.taxon.core.torch.Precision;

/** Turns a checkpoint into the model that runs it. */
public final class ScoringModels {
    private ScoringModels() {}

    /** Loads the weights onto the device; the caller closes the model, and may close the checkpoint at once. */
    public static ScoringModel load(Checkpoint checkpoint, Precision precision, Device device) {
        if (checkpoint.config().layout() instanceof LateMixing layout) {
            return LateMixingModel.load(checkpoint, layout, precision, device);
        }
        if (checkpoint.config().layout() instanceof Joint layout) {
            return JointModel.load(checkpoint, layout, precision, device);
        }
        throw new IllegalArgumentException(
                "no model for layout " + checkpoint.config().layout());
    }
}
