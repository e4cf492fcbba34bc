package dev.taxon.training.evaluation;

import dev.taxon.core.Mode;
import dev.taxon.training.data.DataException;
import dev.taxon.training.data.Example;
import dev.taxon.training.data.ExampleStream;

/** What has to be known of a file before its rows can be predicted. */
record FileSurvey(long rows, Mode mode) {

    private static final int ROWS_BETWEEN_TELLING = 256;

    /** Reads the file once. */
    static FileSurvey of(RowChoice choice, EvaluationListener listener) {
        long limit = choice.limit();
        if (limit < 1) {
            throw new DataException("The limit on rows must be at least 1.");
        }
        try (ExampleStream stream = ExampleStream.open(choice.file(), choice.columns())) {
            long rows = 0;
            boolean singleLabel = true;
            for (Example row = stream.next(); row != null; row = rows == limit ? null : stream.next()) {
                rows++;
                singleLabel = singleLabel && row.trueLabels().size() == 1;
                if (rows % ROWS_BETWEEN_TELLING == 0) {
                    listener.counted(rows);
                }
            }
            if (rows == 0) {
                throw new DataException(
                        "The data file " + choice.file() + " holds no rows; give one with at least one row.");
            }
            return new FileSurvey(rows, singleLabel ? Mode.SINGLE_LABEL : Mode.MULTI_LABEL);
        }
    }
}
