package dev.taxon.training.supervised;

import dev.taxon.training.data.Example;
import dev.taxon.training.learning.Folds;
import dev.taxon.training.learning.JudgedRows;
import dev.taxon.training.learning.LearnedAdapter;
import dev.taxon.training.learning.RowScorer;
import dev.taxon.training.learning.Session;
import dev.taxon.training.run.Curriculum;
import dev.taxon.training.run.Curves;
import dev.taxon.training.run.TrainingListener;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Learns from labelled rows, in parts: the base scores all rows; then adapters learn some rows and score others, or one
 * learns while others are held out; what comes of it is an adapter and what it is worth. Every part is done once, however
 * often the job is stopped. Used by one thread.
 */
public final class SupervisedLearning {
    private final SupervisedTask task;
    private final SupervisedSettings settings;
    private final Session session;
    private final RowScorer scorer;

    public SupervisedLearning(SupervisedTask task, SupervisedSettings settings, Session session) {
        this.task = task;
        this.settings = settings;
        this.session = session;
        this.scorer = session.scorer(task.rows(), task::place);
    }

    /** Does what is left to do; empty when asked to stop. */
    public Optional<LearnedAdapter> run() {
        session.trainer().begin(settings.seed());
        int rows = task.rows().size();
        Optional<List<float[]>> base = session.scored("base", scorer, Session.everyRow(rows));
        Optional<int[]> lengths = base.flatMap(known -> session.lengths(rows, task::placed));
        if (lengths.isEmpty()) {
            return Optional.empty();
        }
        AdapterLearner learner = new AdapterLearner(task, settings, session, base.get(), lengths.get());
        int texts = Folds.texts(task.examples());
        if (settings.validation() instanceof Validation.HeldOut heldOut && texts > 2) {
            return heldOut(learner, heldOut, base.get());
        }
        if (settings.validation() instanceof Validation.CrossFitted crossFitted && texts > 1) {
            return crossFitted(learner, Math.min(crossFitted.folds(), texts), base.get());
        }
        return all(learner, 0, Optional.empty());
    }

    private Optional<LearnedAdapter> all(AdapterLearner learner, int stepsBefore, Optional<JudgedRows> judged) {
        Curriculum curriculum = learner.curriculum(learner.everyRow());
        TrainingListener own = new PhaseEvents(session.listener(), stepsBefore, 0);
        return learned(learner, curriculum, "final", own) ? Optional.of(adapter(judged, "final")) : Optional.empty();
    }

    private boolean learned(AdapterLearner learner, Curriculum curriculum, String phase, TrainingListener own) {
        return learner.learn(curriculum, session.folder().resolve(phase), own);
    }

    private LearnedAdapter adapter(Optional<JudgedRows> judged, String phase) {
        Path folder = session.folder().resolve(phase);
        return new LearnedAdapter(session.trainer().updates(), judged, () -> Curves.panels(folder));
    }

    private Optional<LearnedAdapter> crossFitted(AdapterLearner learner, int folds, List<float[]> base) {
        List<Example> examples = task.examples();
        int[] parts = Folds.of(examples, folds, settings.seed());
        int[] steps = IntStream.range(0, folds)
                .map(fold -> learner.curriculum(rows(parts, fold, false)).steps())
                .toArray();
        int all = learner.curriculum(learner.everyRow()).steps();
        float[][] logits = new float[examples.size()][];
        for (int fold = 0; fold < folds; fold++) {
            int before = Arrays.stream(steps, 0, fold).sum();
            int after = Arrays.stream(steps, fold + 1, folds).sum() + all;
            Optional<List<float[]>> scored =
                    fold(learner, parts, fold, new PhaseEvents(session.listener(), before, after));
            if (scored.isEmpty()) {
                return Optional.empty();
            }
            int[] own = rows(parts, fold, true);
            for (int i = 0; i < own.length; i++) {
                logits[own[i]] = scored.get().get(i);
            }
        }
        return all(learner, Arrays.stream(steps).sum(), Optional.of(crossFitted(List.of(logits), base, parts)));
    }

    /** Those that are new to what all folds began with, or else all. */
    private JudgedRows crossFitted(List<float[]> logits, List<float[]> base, int[] parts) {
        List<Example> examples = task.examples();
        boolean learned = task.before().leavesTooFew(examples);
        int[] rows = learned ? Session.everyRow(examples.size()) : task.before().others(examples);
        return new JudgedRows(
                rows,
                scorer.examples(rows),
                Arrays.stream(rows).mapToObj(logits::get).toList(),
                Arrays.stream(rows).mapToObj(base::get).toList(),
                Arrays.stream(rows).map(row -> parts[row]).toArray(),
                learned);
    }

    /** Logits of a fold's rows under an adapter that learned all others. */
    private Optional<List<float[]>> fold(AdapterLearner learner, int[] parts, int fold, TrainingListener own) {
        String name = "fold-" + (fold + 1);
        int[] held = rows(parts, fold, true);
        Optional<List<float[]>> known = session.known(name, scorer, held);
        if (known.isPresent()) {
            return known;
        }
        Curriculum curriculum = learner.curriculum(rows(parts, fold, false));
        return learned(learner, curriculum, name, own) ? session.scored(name, scorer, held) : Optional.empty();
    }

    private Optional<LearnedAdapter> heldOut(AdapterLearner learner, Validation.HeldOut asked, List<float[]> base) {
        int[] part = parts(asked);
        int[] others = rows(part, 0, true);
        HeldOutCurriculum curriculum = learner.curriculum(
                rows(part, 0, false),
                others,
                asked.patience(),
                scorer,
                session.folder().resolve("held-out"));
        if (!learned(learner, curriculum, "held-out", session.listener())) {
            return Optional.empty();
        }
        session.trainer().loadState(curriculum.best().state());
        return session.scored("held-out", scorer, others)
                .map(logits -> adapter(Optional.of(judged(others, logits, base)), "held-out"));
    }

    /** 0 for a row that is held out, of those that are new to the adapter where these are enough; 1 for another. */
    private int[] parts(Validation.HeldOut asked) {
        List<Example> examples = task.examples();
        if (task.before().leavesTooFew(examples)) {
            return Folds.heldOut(examples, asked.share(), asked.most(), settings.seed());
        }
        int[] fresh = task.before().others(examples);
        int[] part = Folds.heldOut(scorer.examples(fresh), asked.share(), asked.most(), settings.seed());
        int[] parts = new int[examples.size()];
        Arrays.fill(parts, 1);
        for (int i = 0; i < fresh.length; i++) {
            parts[fresh[i]] = part[i];
        }
        return parts;
    }

    private JudgedRows judged(int[] others, List<float[]> logits, List<float[]> base) {
        List<float[]> before = Arrays.stream(others).mapToObj(base::get).toList();
        boolean learned = task.before().leavesTooFew(task.examples());
        return new JudgedRows(others, scorer.examples(others), logits, before, new int[others.length], learned);
    }

    /** The rows of a part, or those of all other parts. */
    private static int[] rows(int[] parts, int part, boolean within) {
        return IntStream.range(0, parts.length)
                .filter(row -> (parts[row] == part) == within)
                .toArray();
    }
}
