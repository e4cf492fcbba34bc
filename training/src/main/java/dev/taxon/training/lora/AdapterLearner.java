package dev.taxon.training.lora;

import dev.taxon.training.run.Curriculum;
import dev.taxon.training.run.Phase;
import dev.taxon.training.run.StopSignal;
import dev.taxon.training.run.TrainingListener;
import dev.taxon.training.step.AdapterTrainer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Lets one adapter after the other learn rows of a task, each in a folder of its own. Used by one thread. */
final class AdapterLearner {
    private final LoraJob job;
    private final AdapterTrainer trainer;
    private final RowEncoder encoder;
    private final CandidateDraw draw;
    private final int[] lengths;
    private final StopSignal stop;

    /**
     * A learner.
     *
     * @param base the base's logits of each row's labels
     * @param lengths of each row's text in tokens
     */
    AdapterLearner(
            LoraJob job,
            AdapterTrainer trainer,
            RowEncoder encoder,
            List<float[]> base,
            int[] lengths,
            StopSignal stop) {
        this.job = job;
        this.trainer = trainer;
        this.encoder = encoder;
        this.draw = new CandidateDraw(job.settings().candidates(), base);
        this.lengths = lengths;
        this.stop = stop;
    }

    /** The steps over some rows, by their numbers. */
    AdapterCurriculum curriculum(int[] rows) {
        LoraSettings settings = job.settings();
        int[] rehearsed =
                IntStream.range(job.task().examples().size(), lengths.length).toArray();
        int perEpoch = job.task().rehearsal().perEpoch(rows.length);
        EpochBatches batches =
                new EpochBatches(rows, rehearsed, perEpoch, lengths, settings.schedule(), settings.seed());
        return new AdapterCurriculum(job.task(), settings, trainer, encoder, draw, batches);
    }

    /** The steps over some rows that end when others no longer gain. */
    HeldOutCurriculum curriculum(int[] rows, int[] heldOut, int patience, RowScorer scorer, Path folder) {
        return new HeldOutCurriculum(
                curriculum(rows), trainer, scorer, heldOut, job.task().mode(), patience, folder);
    }

    /** Learns to the end, after which the trainer has the adapter; false when asked to stop. */
    boolean learn(Curriculum curriculum, Path folder, TrainingListener listener) {
        job.start()
                .ifPresentOrElse(
                        trainer::begin, () -> trainer.begin(job.settings().seed()));
        return new Phase(folder, job.identity(), listener, stop)
                .run(curriculum, trainer)
                .isEmpty();
    }

    /** The numbers of all rows to learn. */
    int[] everyRow() {
        return IntStream.range(0, job.task().examples().size()).toArray();
    }
}
