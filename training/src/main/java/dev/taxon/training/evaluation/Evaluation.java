package dev.taxon.training.evaluation;

import dev.taxon.core.Mode;
import dev.taxon.training.data.DataException;
import dev.taxon.training.data.Example;
import dev.taxon.training.data.ExampleStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures a predictor on a file of rows {@code {"text", "all_labels", "true_labels"}}. The file is read twice, once to
 * count rows and tell the mode and once to predict, a chunk at a time, so memory does not grow with it.
 */
public final class Evaluation {
    private static final int CHUNK = 256;

    private final LabelPredictor predictor;
    private final EvaluationListener listener;

    public Evaluation(LabelPredictor predictor, EvaluationListener listener) {
        this.predictor = predictor;
        this.listener = listener;
    }

    /**
     * Evaluates rows of a file.
     *
     * @throws DataException when the file or a row cannot be used, or it holds no rows
     */
    public Metrics evaluate(RowChoice choice) {
        return evaluate(choice, row -> {});
    }

    /** As above, and hands on each row with its prediction, in the file's order. */
    public Metrics evaluate(RowChoice choice, Consumer<Judged> sink) {
        FileSurvey survey = FileSurvey.of(choice, listener);
        Mode used = choice.mode() == null ? survey.mode() : choice.mode();
        MetricsTally tally = new MetricsTally(used);
        try (ExampleStream rows = ExampleStream.open(choice.file(), choice.columns())) {
            long done = 0;
            while (done < survey.rows()) {
                List<Example> chunk = chunk(rows, survey.rows() - done);
                for (Judged row : judge(chunk, used, choice.file(), done)) {
                    tally.add(row);
                    sink.accept(row);
                }
                done += chunk.size();
                listener.evaluated(done, survey.rows());
            }
        }
        return tally.metrics();
    }

    private static List<Example> chunk(ExampleStream rows, long left) {
        List<Example> chunk = new ArrayList<>();
        while (chunk.size() < Math.min(CHUNK, left)) {
            Example row = rows.next();
            if (row == null) {
                throw new DataException(
                        "The data file became shorter while it was read; leave it alone and run again.");
            }
            chunk.add(row);
        }
        return chunk;
    }

    private List<Judged> judge(List<Example> chunk, Mode mode, Path file, long done) {
        List<Judged> judged = new ArrayList<>();
        try {
            List<List<String>> predicted = predictor.predict(chunk, mode);
            for (int i = 0; i < chunk.size(); i++) {
                judged.add(Judged.of(chunk.get(i), predicted.get(i)));
            }
            return judged;
        } catch (RowException e) {
            throw new DataException(file + ", row " + (done + e.index() + 1) + ": " + e.getMessage(), e);
        }
    }
}
