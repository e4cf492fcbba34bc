package dev.taxon.training.step;

import java.nio.file.Path;

/** Weights that learn, with the state of their optimiser. */
public interface StatefulModel {

    /** Writes weights (fp32) and optimiser state into one safetensors file, whole or not at all. */
    void saveState(Path file);

    /** Restores what {@link #saveState} wrote, to the bit. */
    void loadState(Path file);
}
