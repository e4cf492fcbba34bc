package dev.taxon.training.report;

import dev.taxon.training.calibration.ScoredRows;
import java.util.Locale;

/** How the scores that a report is of were obtained. */
public sealed interface ScoreSource {

    /** How many rows were scored. */
    long rows();

    /** In one sentence. */
    String sentence();

    /** As JSON names it. */
    String kind();

    /** Rows of training data that the one model did not learn from. */
    record HeldOut(long rows) implements ScoreSource {
        @Override
        public String sentence() {
            return String.format(Locale.ROOT, "Scores of %,d rows that were held out of training.", rows);
        }

        @Override
        public String kind() {
            return "held_out";
        }
    }

    /** All rows of training data, each scored by a model of the same recipe that did not learn from its fold. */
    record CrossFitted(long rows, int folds) implements ScoreSource {
        @Override
        public String sentence() {
            return String.format(
                    Locale.ROOT,
                    "Scores of %,d rows, cross-fitted in %d folds: each row by a model that had not learned from it.",
                    rows,
                    folds);
        }

        @Override
        public String kind() {
            return "cross_fitted";
        }
    }

    /** A data file that says nothing of what the model learned from. */
    record Given(long rows) implements ScoreSource {
        @Override
        public String sentence() {
            return String.format(Locale.ROOT, "Scores of %,d rows of the data given.", rows);
        }

        @Override
        public String kind() {
            return "given";
        }
    }

    /** Rows that the model did learn from, now or before it went on, where there are too few others. */
    record Learned(long rows) implements ScoreSource {
        @Override
        public String sentence() {
            return String.format(
                    Locale.ROOT,
                    "Scores of %,d rows that were learned from, now or before, as there are too few others: new rows will"
                            + " do worse.",
                    rows);
        }

        @Override
        public String kind() {
            return "learned";
        }
    }

    /** What the rows of a training say of themselves. */
    static ScoreSource ofTraining(ScoredRows rows) {
        return rows.models() > 1 ? new CrossFitted(rows.size(), rows.models()) : new HeldOut(rows.size());
    }
}
