package dev.taxon.training.adapter;

import dev.taxon.training.run.TrainingEvent;
import dev.taxon.training.run.TrainingEvent.Rewarded;
import dev.taxon.training.run.TrainingEvent.Stepped;
import dev.taxon.training.run.TrainingListener;
import java.nio.file.Path;

/** Tells of a job as one run: phases that stop are not the end that is told. Not thread-safe. */
final class JobProgress implements TrainingListener {
    private final TrainingListener listener;
    private int step;
    private int steps;
    private boolean begun;

    JobProgress(TrainingListener listener) {
        this.listener = listener;
    }

    /** Whether a step was told of. */
    boolean begun() {
        return begun;
    }

    void stopped(Path folder) {
        listener.on(new TrainingEvent.Stopped(step, steps, folder));
    }

    @Override
    public void on(TrainingEvent event) {
        if (event instanceof TrainingEvent.Stopped) {
            return;
        }
        begun |= event instanceof Stepped || event instanceof Rewarded;
        if (event instanceof Stepped stepped) {
            step = stepped.step();
            steps = stepped.steps();
        }
        listener.on(event);
    }
}
