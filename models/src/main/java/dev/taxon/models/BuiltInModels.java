package dev.taxon.models;

import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.CheckpointFolder;
import dev.taxon.core.checkpoint.Checkpoints;

/** Opens the models that ship with Taxon, from the class path. */
public final class BuiltInModels {
    private static final String FOLDER = "dev/taxon/models/taxon-small";

    private BuiltInModels() {}

    /** {@code taxon-small}, the default. The caller closes it. */
    public static Checkpoint taxonSmall() {
        return Checkpoints.open(CheckpointFolder.ofResources(BuiltInModels.class.getClassLoader(), FOLDER));
    }
}
