package dev.taxon.training.run;

import java.nio.file.Path;

/** A checkpoint whose files are there and are not what was written. */
final class DamagedCheckpoint extends TrainingException {
    private static final long serialVersionUID = 1L;

    DamagedCheckpoint(Path folder, String why, Throwable cause) {
        super(
                "The checkpoint " + folder + " is damaged (" + why
                        + ") and there is none before it; remove that folder to"
                        + " begin from the first step with --resume.",
                cause);
    }
}
