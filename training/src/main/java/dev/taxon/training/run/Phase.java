package dev.taxon.training.run;

import dev.taxon.training.step.StatefulModel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A part of a larger job that trains from its first step to its last, in a folder of its own, and goes on where it was
 * stopped or killed. Used once, by one thread.
 */
public final class Phase {
    private final Path path;
    private final SortedMap<String, String> identity;
    private final Watch watch;

    /**
     * A phase.
     *
     * @param path its folder
     * @param identity what has to be the same for it to go on, by name
     */
    public Phase(Path path, Map<String, String> identity, TrainingListener listener, StopSignal stop) {
        this.path = path;
        this.identity = new TreeMap<>(identity);
        this.watch = new Watch(listener, stop, System::nanoTime);
    }

    /**
     * Runs from the last checkpoint, or from the start when there is none, to the end or until asked to stop.
     *
     * @param model begun; its state becomes the last checkpoint's where there is one
     * @return empty when all steps are done, otherwise where it stopped, as the listener was told
     * @throws TrainingException when the identity differs from the checkpoint's, a loss is not finite, or the disk fails
     */
    public Optional<TrainingEvent> run(Curriculum curriculum, StatefulModel model) {
        try (OutFolder folder = OutFolder.open(path)) {
            RunIdentity own = new RunIdentity(identity);
            RunProgress progress = Resumption.from(folder, own, model, true, watch.listener());
            return new TrainingLoop(curriculum, model, watch, folder, own, progress).run();
        }
    }
}
