package dev.taxon.training.run;

import dev.taxon.training.step.StatefulModel;
import java.nio.file.Path;
import java.util.List;

/** Where a run in a folder begins. */
final class Resumption {
    private Resumption() {}

    /**
     * The start, or where the last checkpoint is, whose state the model has then; where that one is damaged, the one
     * before it.
     *
     * @param told is warned of a checkpoint that was passed over
     * @throws TrainingException when there is a run but none was expected, or it was of other settings or data, or its
     *     only checkpoint is damaged
     */
    static RunProgress from(
            OutFolder folder, RunIdentity identity, StatefulModel model, boolean resume, TrainingListener told) {
        CheckpointStore checkpoints = folder.checkpoints();
        List<Path> kept = checkpoints.lastFirst();
        if (kept.isEmpty()) {
            return RunProgress.start();
        }
        if (!resume) {
            throw new TrainingException(folder.path() + " already holds a run, at step "
                    + CheckpointStore.step(kept.get(0)) + "; go on with --resume or choose another folder.");
        }
        for (Path passedOver : kept.subList(0, kept.size() - 1)) {
            try {
                return goOn(folder, passedOver, identity, model);
            } catch (DamagedCheckpoint damaged) {
                checkpoints.setAside(passedOver);
                told.on(new TrainingEvent.Warned(
                        "damaged_checkpoint",
                        "The checkpoint " + passedOver + " is damaged; the run goes on from the one before it."));
            }
        }
        return goOn(folder, kept.get(kept.size() - 1), identity, model);
    }

    private static RunProgress goOn(OutFolder folder, Path stored, RunIdentity identity, StatefulModel model) {
        StoredCheckpoint checkpoint = StoredCheckpoint.read(stored);
        identity.differenceFrom(checkpoint.identity()).ifPresent(difference -> {
            throw new TrainingException("The run in " + folder.path() + " cannot go on with other settings or data: "
                    + difference + "; use what it began with or choose another folder.");
        });
        checkpoint.load(model);
        return checkpoint.progress();
    }
}
