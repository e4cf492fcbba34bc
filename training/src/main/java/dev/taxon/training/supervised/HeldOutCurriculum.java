package dev.taxon.training.supervised;

import dev.taxon.core.Mode;
import dev.taxon.training.learning.RowScorer;
import dev.taxon.training.run.Curriculum;
import dev.taxon.training.run.StopSignal;
import dev.taxon.training.step.AdapterTrainer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Steps with a look at held-out rows after each epoch, and within long ones, that end when these no longer gain. */
final class HeldOutCurriculum implements Curriculum {
    /** Steps between looks, if an epoch has more. */
    private static final int LOOK_EVERY = 500;

    private final SupervisedCurriculum curriculum;
    private final AdapterTrainer trainer;
    private final RowScorer scorer;
    private final int[] heldOut;
    private final Mode mode;
    private final int patience;
    private final Path folder;
    private @Nullable BestAdapter best;
    private int end;

    HeldOutCurriculum(
            SupervisedCurriculum curriculum,
            AdapterTrainer trainer,
            RowScorer scorer,
            int[] heldOut,
            Mode mode,
            int patience,
            Path folder) {
        this.curriculum = curriculum;
        this.trainer = trainer;
        this.scorer = scorer;
        this.heldOut = heldOut;
        this.mode = mode;
        this.patience = patience;
        this.folder = folder;
        this.end = curriculum.steps();
    }

    @Override
    public int steps() {
        return end;
    }

    @Override
    public void between(int done, StopSignal stop) {
        BestAdapter known = best(done);
        if (done > 0 && checkpointAfter(done) && isLook(done) && !known.knows(done)) {
            scorer.score(heldOut, stop)
                    .ifPresent(logits ->
                            known.judge(done, AnswerLoss.of(scorer.examples(heldOut), logits, mode), trainer));
        }
        if (noLongerGains(known, done)) {
            end = done;
        }
    }

    private boolean isLook(int step) {
        int within = curriculum.stepOfEpoch(step);
        int left = curriculum.stepsOfEpoch(step) - within;
        return left == 0 || within % LOOK_EVERY == 0 && left >= LOOK_EVERY / 2;
    }

    /** No gain for as many looks as there is patience, and for a whole epoch. */
    private boolean noLongerGains(BestAdapter known, int done) {
        return known.looksSince() >= patience
                && done - known.step().orElse(done) >= curriculum.stepsOfEpoch(Math.max(1, done));
    }

    private BestAdapter best(int done) {
        BestAdapter known = best == null ? BestAdapter.after(done, folder) : best;
        best = known;
        return known;
    }

    /** The adapter that did best, once the run is over. */
    BestAdapter best() {
        return best(end);
    }

    @Override
    public Outcome step(int step) {
        return curriculum.step(step);
    }

    @Override
    public double rate(int step) {
        return curriculum.rate(step);
    }

    @Override
    public boolean checkpointAfter(int step) {
        return isLook(step) || curriculum.checkpointAfter(step);
    }

    @Override
    public List<String> places(int step) {
        return curriculum.places(step);
    }
}
