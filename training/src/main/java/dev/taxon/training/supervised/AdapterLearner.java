package dev.taxon.training.supervised;

import dev.taxon.training.learning.EpochBatches;
import dev.taxon.training.learning.RowScorer;
import dev.taxon.training.learning.Session;
import dev.taxon.training.run.Curriculum;
import dev.taxon.training.run.TrainingListener;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Lets one adapter after the other learn rows of a task, each in a folder of its own. Used by one thread. */
final class AdapterLearner {
    private final SupervisedTask task;
    private final SupervisedSettings settings;
    private final Session session;
    private final List<float[]> base;
    private final CandidateDraw draw;
    private final int[] lengths;

    /**
     * A learner.
     *
     * @param base the base's logits of each row's labels
     * @param lengths of each row's text in tokens
     */
    AdapterLearner(
            SupervisedTask task, SupervisedSettings settings, Session session, List<float[]> base, int[] lengths) {
        this.task = task;
        this.settings = settings;
        this.session = session;
        this.base = base;
        this.draw = new CandidateDraw(settings.candidates(), base);
        this.lengths = lengths;
    }

    /** The steps over some rows, by their numbers. */
    SupervisedCurriculum curriculum(int[] rows) {
        int[] rehearsed =
                IntStream.range(task.examples().size(), lengths.length).toArray();
        int perEpoch = task.rehearsal().perEpoch(rows.length);
        EpochBatches batches = new EpochBatches(
                rows, rehearsed, perEpoch, lengths, settings.schedule().batch(), settings.seed());
        SupervisedSettings own = settings.with(rates(rows));
        return new SupervisedCurriculum(task, own, session.trainer(), session.encoder(), draw, batches);
    }

    /** An adapter that goes on may have its rows right because it learned them, and is to learn the few that it has not. */
    private SupervisedSettings.Rates rates(int[] rows) {
        SupervisedSettings.Rates rates = settings.rates();
        if (rates.fullError() == 0 || session.start().isPresent()) {
            return rates;
        }
        return rates.forError(BaseError.of(
                Arrays.stream(rows).mapToObj(task.examples()::get).toList(),
                Arrays.stream(rows).mapToObj(base::get).toList()));
    }

    /** The steps over some rows that end when others no longer gain. */
    HeldOutCurriculum curriculum(int[] rows, int[] heldOut, int patience, RowScorer scorer, Path folder) {
        return new HeldOutCurriculum(
                curriculum(rows), session.trainer(), scorer, heldOut, task.mode(), patience, folder);
    }

    /** Learns to the end, after which the trainer has the adapter; false when asked to stop. */
    boolean learn(Curriculum curriculum, Path folder, TrainingListener listener) {
        session.begin(settings.seed());
        return session.learn(curriculum, session.trainer(), folder, listener);
    }

    /** The numbers of all rows to learn. */
    int[] everyRow() {
        return Session.everyRow(task.examples().size());
    }
}
