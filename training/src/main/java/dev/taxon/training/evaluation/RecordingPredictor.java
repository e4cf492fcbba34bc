package dev.taxon.training.evaluation;

import dev.taxon.core.Classification;
import dev.taxon.core.Mode;
import dev.taxon.training.calibration.ScoredRow;
import dev.taxon.training.data.Example;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Predicts with a classifier and hands the logits on, for what is worked out of all rows together. Not thread-safe. */
public final class RecordingPredictor implements LabelPredictor {
    private final ClassifierPredictor predictor;
    private final Recorder recorder;
    private long seen;
    private long scored;

    public RecordingPredictor(ClassifierPredictor predictor, Recorder recorder) {
        this.predictor = predictor;
        this.recorder = recorder;
    }

    /** Takes what a model made of rows. */
    @FunctionalInterface
    public interface Recorder {

        /**
         * Takes a row that could be scored.
         *
         * @param number of the row, from 1
         * @param mode in which it was answered
         */
        void scored(Example example, long number, ScoredRow row, Mode mode);
    }

    @Override
    public List<List<String>> predict(List<Example> examples, Mode mode) {
        List<Classification> answers = predictor.classify(examples, mode);
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i) instanceof Classification.Scored answer) {
                scored++;
                recorder.scored(examples.get(i), seen + i + 1, row(examples.get(i), answer.logits()), mode);
            }
        }
        seen += answers.size();
        return answers.stream().map(ClassifierPredictor::labels).toList();
    }

    private static ScoredRow row(Example example, List<Float> logits) {
        Set<String> truths = new HashSet<>(example.trueLabels());
        float[] scores = new float[logits.size()];
        boolean[] targets = new boolean[logits.size()];
        for (int label = 0; label < scores.length; label++) {
            scores[label] = logits.get(label);
            targets[label] = truths.contains(example.allLabels().get(label));
        }
        return new ScoredRow(example.allLabels(), scores, targets);
    }

    /** Rows whose forward pass gave values that are not finite; they have no scores. */
    public long notFinite() {
        return seen - scored;
    }
}
