package dev.taxon.training.report;

import dev.taxon.training.calibration.Calibration;
import dev.taxon.training.calibration.CalibrationError;
import dev.taxon.training.calibration.CrossFit;
import dev.taxon.training.calibration.ScoredRow;
import dev.taxon.training.calibration.ScoredRows;
import dev.taxon.training.evaluation.Comparison;
import dev.taxon.training.evaluation.Judged;
import dev.taxon.training.evaluation.Metrics;
import dev.taxon.training.evaluation.MetricsIntervals;
import dev.taxon.training.evaluation.RowDecisions;
import dev.taxon.training.statistics.Bootstrap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What a model is worth on rows that it did not learn from. Intervals are bootstrap ones of 10,000 resamples, with a fixed
 * seed.
 *
 * @param source how the scores were obtained
 * @param metrics of the answers
 * @param intervals of the metrics
 * @param calibration what was fitted to all of the rows
 * @param calibrationError before it, and after it cross-fitted
 * @param withoutAdapter the same rows without the adapter (first) and with it (second); empty where there is none
 * @param mistakes the ten that teach most
 * @param answers of the rows of a training, in order; none for an evaluation
 * @param holdsTexts true where mistakes quote the owner's texts, to be kept as the data are
 */
public record TrainingReport(
        ScoreSource source,
        Metrics metrics,
        MetricsIntervals intervals,
        Calibration calibration,
        CalibrationError calibrationError,
        Optional<Comparison> withoutAdapter,
        List<Mistake> mistakes,
        List<Answer> answers,
        boolean holdsTexts) {
    /** What a report that quotes texts says of itself. */
    public static final String NOTICE = "This report quotes texts of its owner's data: keep it as you keep the data.";

    public TrainingReport {
        mistakes = List.copyOf(mistakes);
        answers = List.copyOf(answers);
    }

    /**
     * The report of a training. With the adapter, each row is answered by what was fitted to rows of other folds, so that
     * no figure is the better for thresholds having seen its row; without it, at the engine's defaults.
     *
     * @param with scores under the adapter, undivided by its temperature
     * @param without scores of the same rows by the base
     * @param calibration what the adapter is given: {@link Calibration#fit} of {@code with}
     * @param texts [rows]
     */
    public static TrainingReport of(ScoredRows with, ScoredRows without, Calibration calibration, List<String> texts) {
        return of(with, without, calibration, SourceRow.numbered(texts), Bootstrap.withDefaults());
    }

    /** As above, with the rows' own numbers. */
    public static TrainingReport of(
            ScoredRows with,
            ScoredRows without,
            Calibration calibration,
            List<SourceRow> sources,
            Bootstrap bootstrap) {
        Calibration none = Calibration.none(with.mode());
        // One that was fitted to all rows must not judge any of them.
        boolean kept = calibration.temperature().reason().isPresent();
        CrossFit fitted = CrossFit.of(with, kept ? calibration : none);
        List<Judged> after = judged(with.rows(), fitted.calibrations());
        List<Judged> before = judged(without.rows(), Collections.nCopies(without.size(), none));
        Comparison comparison = Comparison.of(with.mode(), before, after, bootstrap);
        return new TrainingReport(
                ScoreSource.ofTraining(with),
                comparison.second(),
                MetricsIntervals.of(comparison.second(), after, bootstrap),
                calibration,
                CalibrationError.of(with, none, fitted, bootstrap),
                Optional.of(comparison),
                Mistakes.of(with.rows(), fitted.calibrations(), sources),
                answers(sources, after),
                true);
    }

    /**
     * The report of an evaluation, in which rows are answered as the model stands.
     *
     * @param metrics of all rows as they were answered, those without scores included
     * @param decisions of the same rows
     * @param scored the rows that have scores
     * @param current how the model's scores become answers
     * @param mistakes that quote texts; empty for a report without
     */
    static TrainingReport ofEvaluation(
            Metrics metrics,
            RowDecisions decisions,
            ScoredRows scored,
            Calibration current,
            Optional<List<Mistake>> mistakes,
            Bootstrap bootstrap) {
        return new TrainingReport(
                new ScoreSource.Given(scored.size()),
                metrics,
                MetricsIntervals.of(metrics, decisions, bootstrap),
                Calibration.fit(scored),
                CalibrationError.of(scored, current, CrossFit.of(scored), bootstrap),
                Optional.empty(),
                mistakes.orElse(List.of()),
                List.of(),
                mistakes.isPresent());
    }

    /** The same figures, obtained in another way. */
    public TrainingReport withSource(ScoreSource other) {
        return new TrainingReport(
                other,
                metrics,
                intervals,
                calibration,
                calibrationError,
                withoutAdapter,
                mistakes,
                answers,
                holdsTexts);
    }

    /** The same without texts, to be shown to others. Labels stay: no figure means anything without them. */
    public TrainingReport withoutTexts() {
        return new TrainingReport(
                source,
                metrics,
                intervals,
                calibration,
                calibrationError,
                withoutAdapter,
                mistakes.stream().map(Mistake::withoutText).toList(),
                answers,
                false);
    }

    private static List<Answer> answers(List<SourceRow> sources, List<Judged> judged) {
        List<Answer> answers = new ArrayList<>(judged.size());
        for (int row = 0; row < judged.size(); row++) {
            answers.add(new Answer(sources.get(row).number(), judged.get(row).predicted()));
        }
        return answers;
    }

    private static List<Judged> judged(List<ScoredRow> rows, List<Calibration> calibrations) {
        List<Judged> judged = new ArrayList<>(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            ScoredRow scored = rows.get(row);
            judged.add(new Judged(
                    scored.labels(), scored.trueLabels(), calibrations.get(row).predictions(scored)));
        }
        return judged;
    }
}
