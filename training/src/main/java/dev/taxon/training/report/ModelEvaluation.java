package dev.taxon.training.report;

import dev.taxon.core.Mode;
import dev.taxon.core.adapter.AdapterSettings;
import dev.taxon.training.calibration.Calibration;
import dev.taxon.training.calibration.ScoreFile;
import dev.taxon.training.calibration.ScoredRow;
import dev.taxon.training.data.Example;
import dev.taxon.training.evaluation.ClassifierPredictor;
import dev.taxon.training.evaluation.Evaluation;
import dev.taxon.training.evaluation.EvaluationListener;
import dev.taxon.training.evaluation.Metrics;
import dev.taxon.training.evaluation.RecordingPredictor;
import dev.taxon.training.evaluation.RowChoice;
import dev.taxon.training.evaluation.RowDecisions;
import dev.taxon.training.statistics.Bootstrap;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Judges a classifier on a file of labelled rows. Scores lie on disk meanwhile: memory grows with decisions that are made or
 * missed and with distinct labels, not with rows times labels. Used once, by one thread.
 */
public final class ModelEvaluation {
    private final ClassifierPredictor predictor;
    private final AdapterSettings settings;
    private final EvaluationListener listener;
    private final RowDecisions.Tally decisions = new RowDecisions.Tally();
    private final Mistakes mistakes = new Mistakes();

    /**
     * An evaluation.
     *
     * @param settings of the adapter that the predictor answers with
     */
    public ModelEvaluation(ClassifierPredictor predictor, AdapterSettings settings, EvaluationListener listener) {
        this.predictor = predictor;
        this.settings = settings;
        this.listener = listener;
    }

    /**
     * What is to be evaluated.
     *
     * @param quoting whether the report may quote texts
     */
    public record Asked(RowChoice rows, boolean quoting) {}

    /**
     * What was found.
     *
     * @param notFinite rows whose forward pass gave no scores; they count as wrong, and are left out of calibration
     */
    public record Evaluated(TrainingReport report, long notFinite) {}

    /**
     * Evaluates.
     *
     * @param scratch a folder for the scores, which are gone afterwards
     * @return empty where no row could be scored
     * @throws dev.taxon.training.data.DataException when the file or a row cannot be used, or it holds no rows
     */
    public Optional<Evaluated> evaluate(Asked asked, Path scratch) {
        try (ScoreFile scores = ScoreFile.in(scratch)) {
            RecordingPredictor recording = new RecordingPredictor(predictor, (example, number, row, mode) -> {
                scores.add(row);
                if (asked.quoting()) {
                    note(example, number, row, mode);
                }
            });
            Metrics metrics = new Evaluation(recording, listener).evaluate(asked.rows(), decisions::add);
            return scores.rows() == 0
                    ? Optional.empty()
                    : Optional.of(new Evaluated(report(asked, metrics, scores), recording.notFinite()));
        }
    }

    private void note(Example example, long number, ScoredRow row, Mode mode) {
        mistakes.add(row, Calibration.of(mode, settings), new SourceRow(number, example.text()));
    }

    private TrainingReport report(Asked asked, Metrics metrics, ScoreFile scores) {
        return TrainingReport.ofEvaluation(
                metrics,
                decisions.decisions(),
                scores.scored(metrics.mode()),
                Calibration.of(metrics.mode(), settings),
                asked.quoting() ? Optional.of(mistakes.surest()) : Optional.empty(),
                Bootstrap.withDefaults());
    }
}
