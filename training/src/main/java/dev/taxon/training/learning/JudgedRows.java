package dev.taxon.training.learning;

import dev.taxon.training.data.Example;
import java.util.List;

/**
 * Rows as an adapter scores them, and as it was before it learned.
 *
 * @param numbers of the rows in the task
 * @param examples the rows
 * @param logits under the adapter, of each row's labels
 * @param base without it, or before it learned
 * @param folds for each row which adapter scored it
 * @param learnedFrom whether these are the rows that it learned from, so that figures flatter it
 */
public record JudgedRows(
        int[] numbers,
        List<Example> examples,
        List<float[]> logits,
        List<float[]> base,
        int[] folds,
        boolean learnedFrom) {}
