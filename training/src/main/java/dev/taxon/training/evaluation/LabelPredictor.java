package dev.taxon.training.evaluation;

import dev.taxon.core.Mode;
import dev.taxon.training.data.Example;
import java.util.List;

/** Predicts labels, be it a model or a baseline. It must not look at the true labels. */
@FunctionalInterface
public interface LabelPredictor {

    /**
     * Predicts the labels of some rows.
     *
     * @return for each row, in order, labels out of its {@code allLabels}: exactly one for single-label, any number for
     *     multi-label; none for a row that could not be scored
     * @throws RowException for a row that cannot be predicted at all
     */
    List<List<String>> predict(List<Example> rows, Mode mode);
}
