package dev.taxon.training.lora;

import dev.taxon.training.data.Example;
import java.util.List;

/**
 * Rows as an adapter scores them that did not learn from them, and as the base does.
 *
 * @param numbers of the rows in the task
 * @param examples the rows
 * @param logits under the adapter, of each row's labels
 * @param base without it
 * @param folds for each row which adapter scored it
 */
record JudgedRows(int[] numbers, List<Example> examples, List<float[]> logits, List<float[]> base, int[] folds) {}
