package dev.taxon.training.lora;

import dev.taxon.core.adapter.LowRankUpdate;
import dev.taxon.training.data.Example;
import dev.taxon.training.run.Curriculum;
import dev.taxon.training.run.Curves;
import dev.taxon.training.run.StopSignal;
import dev.taxon.training.run.TrainingListener;
import dev.taxon.training.step.AdapterTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The parts of a job: the base scores all rows; then adapters learn some rows and score others, or one learns while others
 * are held out; what comes of it is an adapter and what it is worth. Every part is done once, however often the job is
 * stopped. Used by one thread.
 */
final class LoraPhases {
    private final LoraJob job;
    private final AdapterTrainer trainer;
    private final RowEncoder encoder;
    private final RowScorer scorer;
    private final Path folder;
    private final TrainingListener listener;
    private final StopSignal stop;

    LoraPhases(
            LoraJob job,
            AdapterTrainer trainer,
            RowEncoder encoder,
            Path folder,
            TrainingListener listener,
            StopSignal stop) {
        this.job = job;
        this.trainer = trainer;
        this.encoder = encoder;
        this.scorer = new RowScorer(trainer, encoder, job.task().rows(), job.task()::place);
        this.folder = folder;
        this.listener = listener;
        this.stop = stop;
    }

    /**
     * What came of the job.
     *
     * @param curve of the part that made the updates
     */
    record Learned(Map<String, LowRankUpdate> updates, Optional<JudgedRows> judged, CurveSource curve) {}

    /** The charts of how something was learned, as HTML. */
    @FunctionalInterface
    interface CurveSource {
        String panels() throws IOException;
    }

    /** Does what is left to do; empty when asked to stop. */
    Optional<Learned> run() {
        trainer.begin(job.settings().seed());
        int[] everyRow = IntStream.range(0, job.task().rows().size()).toArray();
        Optional<List<float[]>> base = scored("base", everyRow);
        Optional<int[]> lengths = base.flatMap(known -> lengths());
        if (lengths.isEmpty()) {
            return Optional.empty();
        }
        AdapterLearner learner = new AdapterLearner(job, trainer, encoder, base.get(), lengths.get(), stop);
        Validation validation = job.settings().validation();
        int texts = Folds.texts(job.task().examples());
        if (validation instanceof Validation.HeldOut heldOut && texts > 2) {
            return heldOut(learner, heldOut, base.get());
        }
        if (validation instanceof Validation.CrossFitted crossFitted && texts > 1) {
            return crossFitted(learner, Math.min(crossFitted.folds(), texts), base.get());
        }
        return all(learner, 0, Optional.empty());
    }

    private Optional<int[]> lengths() {
        LearningTask task = job.task();
        List<Example> rows = task.rows();
        return RowEncoder.lengths(
                rows.size(),
                row -> encoder.length(
                        task.place(row), rows.get(row).text(), rows.get(row).allLabels()),
                stop);
    }

    private Optional<Learned> all(AdapterLearner learner, int stepsBefore, Optional<JudgedRows> judged) {
        Curriculum curriculum = learner.curriculum(learner.everyRow());
        TrainingListener own = new PhaseEvents(listener, stepsBefore, 0);
        Path phase = folder.resolve("final");
        return learner.learn(curriculum, phase, own)
                ? Optional.of(new Learned(trainer.updates(), judged, () -> Curves.panels(phase)))
                : Optional.empty();
    }

    private Optional<Learned> crossFitted(AdapterLearner learner, int folds, List<float[]> base) {
        List<Example> examples = job.task().examples();
        int[] parts = Folds.of(examples, folds, job.settings().seed());
        int[] steps = IntStream.range(0, folds)
                .map(fold -> learner.curriculum(rows(parts, fold, false)).steps())
                .toArray();
        int all = learner.curriculum(learner.everyRow()).steps();
        float[][] logits = new float[examples.size()][];
        for (int fold = 0; fold < folds; fold++) {
            int before = Arrays.stream(steps, 0, fold).sum();
            int after = Arrays.stream(steps, fold + 1, folds).sum() + all;
            Optional<List<float[]>> scored = fold(learner, parts, fold, new PhaseEvents(listener, before, after));
            if (scored.isEmpty()) {
                return Optional.empty();
            }
            int[] own = rows(parts, fold, true);
            for (int i = 0; i < own.length; i++) {
                logits[own[i]] = scored.get().get(i);
            }
        }
        JudgedRows judged =
                new JudgedRows(learner.everyRow(), examples, List.of(logits), base.subList(0, examples.size()), parts);
        return all(learner, Arrays.stream(steps).sum(), Optional.of(judged));
    }

    /** Logits of a fold's rows under an adapter that learned all others. */
    private Optional<List<float[]>> fold(AdapterLearner learner, int[] parts, int fold, TrainingListener own) {
        String name = "fold-" + (fold + 1);
        int[] held = rows(parts, fold, true);
        Optional<List<float[]>> known = logits(name).read(scorer.examples(held));
        if (known.isPresent()) {
            return known;
        }
        Curriculum curriculum = learner.curriculum(rows(parts, fold, false));
        return learner.learn(curriculum, folder.resolve(name), own) ? scored(name, held) : Optional.empty();
    }

    private Optional<Learned> heldOut(AdapterLearner learner, Validation.HeldOut settings, List<float[]> base) {
        List<Example> examples = job.task().examples();
        int[] part = Folds.heldOut(examples, settings, job.settings().seed());
        int[] others = rows(part, 0, true);
        Path own = folder.resolve("held-out");
        HeldOutCurriculum curriculum =
                learner.curriculum(rows(part, 0, false), others, settings.patience(), scorer, own);
        if (!learner.learn(curriculum, own, listener)) {
            return Optional.empty();
        }
        trainer.loadState(curriculum.best().state());
        return scored("held-out", others)
                .map(logits -> new Learned(
                        trainer.updates(),
                        Optional.of(new JudgedRows(
                                others,
                                scorer.examples(others),
                                logits,
                                Arrays.stream(others).mapToObj(base::get).toList(),
                                new int[others.length])),
                        () -> Curves.panels(own)));
    }

    private Optional<List<float[]>> scored(String name, int[] rows) {
        return logits(name).orElse(scorer.examples(rows), () -> scorer.score(rows, stop));
    }

    private LogitsFile logits(String name) {
        return new LogitsFile(folder.resolve(name + ".logits"));
    }

    /** The rows of a part, or those of all other parts. */
    private static int[] rows(int[] parts, int part, boolean within) {
        return IntStream.range(0, parts.length)
                .filter(row -> (parts[row] == part) == within)
                .toArray();
    }
}
