package dev.taxon.cli.model;

import dev.taxon.core.Classifier;

/** Opens the model that a user chose. */
@FunctionalInterface
public interface ModelOpener {
    /** The caller closes the classifier. */
    Classifier open(ModelOptions options);
}
