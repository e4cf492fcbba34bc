package dev.taxon.cli.model;

import dev.taxon.cli.console.CommandFailure;
import dev.taxon.core.Classifier;
import dev.taxon.core.Classifiers;
import dev.taxon.core.EngineOptions;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.core.torch.Precision;
import dev.taxon.models.BuiltInModels;
import java.nio.file.Path;

/** Opens checkpoints with the engine of this process: the chosen folder's, or the one built in. */
public final class Models {
    private Models() {}

    public static Classifier open(ModelOptions options) {
        try (Checkpoint checkpoint = checkpoint(options)) {
            return open(checkpoint, options);
        }
    }

    /** The caller closes the checkpoint. */
    public static Checkpoint checkpoint(ModelOptions options) {
        Path folder = options.model();
        return folder == null ? BuiltInModels.taxonSmall() : Checkpoints.open(folder);
    }

    /** Loads a checkpoint, which may be closed at once; the caller closes the classifier. */
    public static Classifier open(Checkpoint checkpoint, ModelOptions options) {
        EngineOptions defaults = EngineOptions.defaults();
        if (options.device() == ModelOptions.Device.CUDA) {
            throw new CommandFailure("--device cuda is not supported yet; take cpu or auto.");
        }
        return switch (options.precision()) {
            case AUTO -> Classifiers.open(checkpoint, defaults);
            case FP32 -> Classifiers.open(checkpoint, defaults.withPrecision(Precision.FP32));
            case FP16 -> Classifiers.open(checkpoint, defaults.withPrecision(Precision.FP16));
            case BF16 -> Classifiers.open(checkpoint, defaults.withPrecision(Precision.BF16));
            case INT8 -> Classifiers.open(checkpoint, defaults.withPrecision(Precision.INT8));
        };
    }
}
