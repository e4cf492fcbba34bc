package dev.taxon.training.policy;

import java.util.List;

/**
 * A model whose scores are a policy ({@code policy.py}). Not thread-safe.
 *
 * @param <B> a batch of rows as the model reads them
 */
public interface PolicyModel<B> {

    /**
     * Acts on every row, once, and keeps for {@link #improve} what belongs to the moment: the actions and their
     * log-probabilities, the reference policy's logits, the value head's features.
     *
     * @param actions one a row
     */
    Acted act(B batch, List<RowAction> actions);

    /**
     * What was done.
     *
     * @param chosen by row and the row's labels, 1 for one that was chosen and 0 for another
     * @param values the expected reward of each row; empty for a model without a value head
     */
    record Acted(List<double[]> chosen, double[] values) {}

    /**
     * One iteration on what {@link #act} kept, which it leaves as it is; weights are unchanged when loss or gradient norm
     * is not finite.
     *
     * @param advantages one a row
     * @param rewards one a row, for the value head
     * @param update number of this update of the weights, from 1, for Adam's bias correction
     */
    Improvement improve(double[] advantages, double[] rewards, PolicySettings settings, int update);
}
