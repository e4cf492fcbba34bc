package dev.taxon.cli.model;

import dev.taxon.core.Classifier;
import dev.taxon.core.Classifiers;
import dev.taxon.core.EngineOptions;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.models.BuiltInModels;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

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
        return checkpoint(options.model());
    }

    /** The folder's, or without one that of the built-in model; the caller closes the checkpoint. */
    public static Checkpoint checkpoint(@Nullable Path folder) {
        return folder == null ? BuiltInModels.taxonSmall() : Checkpoints.open(folder);
    }

    /** Loads a checkpoint, which may be closed at once; the caller closes the classifier. */
    public static Classifier open(Checkpoint checkpoint, ModelOptions options) {
        return Classifiers.open(checkpoint, engine(options));
    }

    private static EngineOptions engine(ModelOptions options) {
        EngineOptions engine = EngineOptions.defaults().withDevice(options.device());
        return options.precision().precision().map(engine::withPrecision).orElse(engine);
    }
}
