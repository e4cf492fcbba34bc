package dev.taxon.cli.bench;

import dev.taxon.cli.model.ModelOptions;

/** Opens the model that a user chose, for forward passes on synthetic ids. */
@FunctionalInterface
public interface BenchEngines {
    /** The caller closes the engine. */
    BenchEngine open(ModelOptions options);
}
