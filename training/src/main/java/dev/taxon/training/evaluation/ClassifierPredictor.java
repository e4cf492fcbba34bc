package dev.taxon.training.evaluation;

import dev.taxon.core.Classification;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.Classifier;
import dev.taxon.core.InputException;
import dev.taxon.core.LabelScore;
import dev.taxon.core.Mode;
import dev.taxon.core.OnLong;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.AdapterReference;
import dev.taxon.training.data.Example;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Predicts with a classifier at its defaults: the best label, or all at 0.5 and above. The classifier stays open. */
public final class ClassifierPredictor implements LabelPredictor {
    private final Classifier classifier;
    private final Optional<AdapterReference> adapter;
    private final Function<List<ClassificationInput>, List<Classification>> classify;

    public ClassifierPredictor(Classifier classifier) {
        this(classifier, Optional.empty());
    }

    /** A predictor under an adapter, at the thresholds that it was calibrated to. */
    public ClassifierPredictor(Classifier classifier, Optional<Adapter> adapter) {
        this(classifier, adapter, classifier::classify);
    }

    /**
     * As above, for who may have to stop in the middle.
     *
     * @param pause as {@link Classifier#classify(List, Runnable)} runs it
     */
    public ClassifierPredictor(Classifier classifier, Optional<Adapter> adapter, Runnable pause) {
        this(classifier, adapter, inputs -> classifier.classify(inputs, pause));
    }

    private ClassifierPredictor(
            Classifier classifier,
            Optional<Adapter> adapter,
            Function<List<ClassificationInput>, List<Classification>> classify) {
        this.classifier = classifier;
        this.adapter = adapter.map(Adapter::reference);
        this.classify = classify;
    }

    @Override
    public List<List<String>> predict(List<Example> rows, Mode mode) {
        return classify(rows, mode).stream().map(ClassifierPredictor::labels).toList();
    }

    /** A classification for each row. */
    List<Classification> classify(List<Example> rows, Mode mode) {
        List<ClassificationInput> inputs =
                rows.stream().map(row -> input(row, mode)).toList();
        try {
            return classify.apply(inputs);
        } catch (InputException e) {
            throw located(inputs, e);
        }
    }

    private ClassificationInput input(Example row, Mode mode) {
        ClassificationInput input =
                new ClassificationInput(row.text(), row.allLabels(), mode, null, OnLong.TRUNCATE, null);
        return adapter.map(input::withAdapter).orElse(input);
    }

    /** The predicted labels; none for a row that could not be scored. */
    static List<String> labels(Classification classification) {
        return classification instanceof Classification.Scored scored
                ? scored.predictions().stream().map(LabelScore::label).toList()
                : List.of();
    }

    private RowException located(List<ClassificationInput> inputs, InputException refusal) {
        for (int i = 0; i < inputs.size(); i++) {
            try {
                classifier.encode(inputs.get(i));
            } catch (InputException e) {
                return new RowException(i, String.valueOf(e.getMessage()));
            }
        }
        return new RowException(0, String.valueOf(refusal.getMessage()));
    }
}
