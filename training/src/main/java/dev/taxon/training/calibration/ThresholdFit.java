package dev.taxon.training.calibration;

import dev.taxon.core.Mode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Fits thresholds to rows of any number, going through them several times: no more of their scores than asked for are in
 * memory together. Not thread-safe.
 */
final class ThresholdFit {
    private static final int FEWEST_FOR_ALL = 10;

    private final ScoredRows rows;
    private final double temperature;
    private final int most;
    private final Map<String, Counts> counts = new LinkedHashMap<>();

    /** @param most how many scores may be in memory together, as far as those of one label allow */
    ThresholdFit(ScoredRows rows, double temperature, int most) {
        this.rows = rows;
        this.temperature = temperature;
        this.most = most;
        for (ScoredRow row : rows.rows()) {
            for (int label = 0; label < row.size(); label++) {
                counts.merge(row.labels().get(label), Counts.of(row.target(label)), Counts::plus);
            }
        }
    }

    /** How many rows offer a label, and in how many of these it is true. */
    private record Counts(long offered, long right) {
        private static final Counts RIGHT = new Counts(1, 1);
        private static final Counts WRONG = new Counts(1, 0);

        private static Counts of(boolean right) {
            return right ? RIGHT : WRONG;
        }

        private Counts plus(Counts other) {
            return new Counts(offered + other.offered, right + other.right);
        }
    }

    Thresholds thresholds() {
        Counts all = counts.values().stream().reduce(new Counts(0, 0), Counts::plus);
        if (all.right() < FEWEST_FOR_ALL) {
            return new Thresholds(
                    OptionalDouble.empty(),
                    Map.of(),
                    Optional.of("fewer than %d true labels tell where to predict one".formatted(FEWEST_FOR_ALL)));
        }
        double shared = BestThreshold.of(all.right(), all.offered() - all.right(), most, this::each);
        return new Thresholds(OptionalDouble.of(shared), perLabel(), Optional.empty());
    }

    private void each(Decisions.Sink sink) {
        for (ScoredRow row : rows.rows()) {
            double[] scores = row.scores(Mode.MULTI_LABEL, temperature);
            for (int label = 0; label < scores.length; label++) {
                sink.add(scores[label], row.target(label));
            }
        }
    }

    /** The thresholds of labels that are true often enough, of as many labels at a time as there is room for. */
    private Map<String, Double> perLabel() {
        Map<String, Double> own = new LinkedHashMap<>();
        List<String> open = new ArrayList<>();
        long room = most;
        for (Map.Entry<String, Counts> label : counts.entrySet()) {
            if (label.getValue().right() < Thresholds.FEWEST_FOR_ONE_LABEL) {
                continue;
            }
            if (label.getValue().offered() > room && !open.isEmpty()) {
                fit(open, own);
                open.clear();
                room = most;
            }
            open.add(label.getKey());
            room -= label.getValue().offered();
        }
        fit(open, own);
        return own;
    }

    private void fit(List<String> labels, Map<String, Double> own) {
        if (labels.isEmpty()) {
            return;
        }
        Map<String, LabelDecisions> decisions = new LinkedHashMap<>();
        labels.forEach(label -> decisions.put(label, new LabelDecisions()));
        for (ScoredRow row : rows.rows()) {
            double[] scores = row.scores(Mode.MULTI_LABEL, temperature);
            for (int label = 0; label < scores.length; label++) {
                LabelDecisions asked = decisions.get(row.labels().get(label));
                if (asked != null) {
                    asked.add(scores[label], row.target(label));
                }
            }
        }
        decisions.forEach((label, scores) -> own.put(label, scores.bestThreshold()));
    }
}
