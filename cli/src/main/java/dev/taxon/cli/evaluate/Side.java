package dev.taxon.cli.evaluate;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One of the two that are compared.
 *
 * @param model a checkpoint's folder; empty for the built-in model
 * @param adapter an adapter's folder; empty for the model alone
 */
record Side(Optional<Path> model, Optional<Path> adapter) {
    /** What stands for no adapter. */
    static final String NO_ADAPTER = "none";

    static Side of(Optional<Path> model, String adapter) {
        return new Side(model, adapter.equals(NO_ADAPTER) ? Optional.empty() : Optional.of(Path.of(adapter)));
    }

    /** As pages name it. */
    String title() {
        String base = model.map(Path::toString).orElse("the built-in model");
        return adapter.map(folder -> "adapter " + folder + " on " + base).orElse(base + " without an adapter");
    }
}
