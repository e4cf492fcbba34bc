package dev.taxon.core.model;

import ai.djl.Device;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Layout;
import dev.taxon.core.checkpoint.Layout.Joint;
import dev.taxon.core.checkpoint.Layout.LateMixing;
import dev.taxon.core.checkpoint.ModelConfig;
import dev.taxon.core.torch.Precision;
import dev.taxon.core.torch.ScriptArchive;
import dev.taxon.core.torch.WeightForms;

/** Turns a checkpoint into the model that runs it. */
public final class ScoringModels {
    private ScoringModels() {}

    /**
     * Loads the weights onto the device; the caller closes the model, and may close the checkpoint at once.
     *
     * @param labelBytes bytes of label states to keep, with late mixing
     */
    public static ScoringModel load(Checkpoint checkpoint, Precision precision, Device device, long labelBytes) {
        return load(checkpoint, precision, device, GroupRules.on(device), labelBytes);
    }

    /** The same, with rows that have adapters grouped by given rules. */
    static ScoringModel load(
            Checkpoint checkpoint, Precision precision, Device device, GroupRules rules, long labelBytes) {
        Layout layout = checkpoint.config().layout();
        if (layout instanceof LateMixing late) {
            return LateMixingModel.load(checkpoint, late, precision, device, rules, labelBytes);
        }
        return JointModel.load(checkpoint, (Joint) layout, precision, device, rules);
    }

    /** The program that runs a model, without its weights; PyTorch's {@code torch.jit.load} takes it, too. */
    public static ScriptArchive program(ModelConfig config, WeightForms forms) {
        if (config.layout() instanceof LateMixing late) {
            return LateMixingModel.archive(config, late, forms);
        }
        return JointModel.archive(config, (Joint) config.layout(), forms);
    }
}
