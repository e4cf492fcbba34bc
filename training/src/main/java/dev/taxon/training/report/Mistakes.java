package dev.taxon.training.report;

import dev.taxon.training.calibration.Calibration;
import dev.taxon.training.calibration.ScoredRow;
import dev.taxon.training.page.Html;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the mistakes that teach most: those that the model was surest of, often a wrong label in the data. Not thread-safe. */
final class Mistakes {
    private static final int MOST = 10;
    private static final int MOST_CHARACTERS = 300;
    private static final Comparator<Mistake> SUREST_FIRST = Comparator.comparing(Mistake::missed)
            .thenComparing(Comparator.comparingDouble(Mistake::confidence).reversed())
            .thenComparingLong(Mistake::row);

    private final List<Mistake> mistakes = new ArrayList<>();

    /**
     * The ten surest mistakes, wrong answers before missing ones.
     *
     * @param calibrations [rows], by which each row was answered
     * @param sources [rows]
     */
    static List<Mistake> of(List<ScoredRow> rows, List<Calibration> calibrations, List<SourceRow> sources) {
        Mistakes mistakes = new Mistakes();
        for (int row = 0; row < rows.size(); row++) {
            mistakes.add(rows.get(row), calibrations.get(row), sources.get(row));
        }
        return mistakes.surest();
    }

    /** Takes a row into account, which was answered by a calibration. */
    void add(ScoredRow row, Calibration calibration, SourceRow source) {
        of(row, calibration, source).ifPresent(mistakes::add);
        if (mistakes.size() > 100 * MOST) {
            keepSurest(mistakes);
        }
    }

    /** The ten surest of all so far, wrong answers before missing ones. */
    List<Mistake> surest() {
        keepSurest(mistakes);
        return List.copyOf(mistakes);
    }

    private static void keepSurest(List<Mistake> mistakes) {
        mistakes.sort(SUREST_FIRST);
        mistakes.subList(Math.min(MOST, mistakes.size()), mistakes.size()).clear();
    }

    private static Optional<Mistake> of(ScoredRow row, Calibration calibration, SourceRow source) {
        List<String> answered = calibration.predictions(row);
        double[] scores = calibration.scores(row);
        Mistake surest = null;
        for (int label = 0; label < row.size(); label++) {
            String name = row.labels().get(label);
            boolean predicted = answered.contains(name);
            if (predicted == row.target(label)) {
                continue;
            }
            double confidence = predicted ? scores[label] : 1 - scores[label];
            Mistake mistake = new Mistake(
                    source.number(),
                    Optional.of(Html.shortened(source.text(), MOST_CHARACTERS)),
                    row.trueLabels(),
                    answered,
                    name,
                    !predicted,
                    confidence);
            surest = surest == null || SUREST_FIRST.compare(mistake, surest) < 0 ? mistake : surest;
        }
        return Optional.ofNullable(surest);
    }
}
