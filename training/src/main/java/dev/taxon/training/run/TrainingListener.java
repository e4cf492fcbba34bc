package dev.taxon.training.run;

/** Told of events on the training thread, so it should return soon; what it throws ends the run. */
@FunctionalInterface
public interface TrainingListener {
    void on(TrainingEvent event);
}
