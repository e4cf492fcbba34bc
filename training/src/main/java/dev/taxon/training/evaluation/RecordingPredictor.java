package dev.taxon.training.evaluation;

import dev.taxon.core.Classification;
import dev.taxon.core.Mode;
import dev.taxon.training.calibration.ScoredRow;
import dev.taxon.training.data.Example;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ObjLongConsumer;

/**
 * Predicts with a classifier and keeps the logits, some bytes a label, for what is worked out of all rows together. Not
 * thread-safe.
 */
public final class RecordingPredictor implements LabelPredictor {
    private final ClassifierPredictor predictor;
    private final List<ScoredRow> rows = new ArrayList<>();
    private final ObjLongConsumer<Example> scored;
    private long seen;

    /** @param scored told each row that has scores, with its number from 1 */
    public RecordingPredictor(ClassifierPredictor predictor, ObjLongConsumer<Example> scored) {
        this.predictor = predictor;
        this.scored = scored;
    }

    @Override
    public List<List<String>> predict(List<Example> examples, Mode mode) {
        List<Classification> answers = predictor.classify(examples, mode);
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i) instanceof Classification.Scored answer) {
                rows.add(row(examples.get(i), answer.logits()));
                scored.accept(examples.get(i), seen + i + 1);
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

    /** The rows that could be scored, in order. */
    public List<ScoredRow> rows() {
        return List.copyOf(rows);
    }

    /** Rows whose forward pass gave values that are not finite; they have no scores. */
    public long notFinite() {
        return seen - rows.size();
    }
}
