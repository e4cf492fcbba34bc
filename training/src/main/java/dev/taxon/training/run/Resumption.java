package dev.taxon.training.run;

import dev.taxon.training.step.StatefulModel;
import java.util.Optional;

/** Where a run in a folder begins. */
final class Resumption {
    private Resumption() {}

    /**
     * The start, or where the last checkpoint is, whose state the model has then.
     *
     * @throws TrainingException when there is a run but none was expected, or it was of other settings or data
     */
    static RunProgress from(OutFolder folder, RunIdentity identity, StatefulModel model, boolean resume) {
        Optional<StoredCheckpoint> latest = folder.checkpoints().latest();
        if (latest.isEmpty()) {
            return RunProgress.start();
        }
        StoredCheckpoint checkpoint = latest.get();
        if (!resume) {
            throw new TrainingException(folder.path() + " already holds a run, at step "
                    + checkpoint.progress().step() + "; go on with --resume or choose another folder.");
        }
        identity.differenceFrom(checkpoint.identity()).ifPresent(difference -> {
            throw new TrainingException("The run in " + folder.path() + " cannot go on with other settings or data: "
                    + difference + "; use what it began with or choose another folder.");
        });
        model.loadState(checkpoint.state());
        return checkpoint.progress();
    }
}
