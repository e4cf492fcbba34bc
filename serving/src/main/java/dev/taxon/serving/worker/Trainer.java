package dev.taxon.serving.worker;

import dev.taxon.training.lora.LoraResult;
import dev.taxon.training.run.StopSignal;
import dev.taxon.training.run.TrainingListener;
import java.nio.file.Path;
import java.util.Optional;

/** A training that is ready to run. */
@FunctionalInterface
interface Trainer {

    /** Runs, or goes on with what is in the folder; empty when it was stopped. */
    Optional<LoraResult> run(Path out, TrainingListener listener, StopSignal stop);
}
