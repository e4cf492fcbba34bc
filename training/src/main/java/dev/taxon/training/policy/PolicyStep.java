package dev.taxon.training.policy;

/**
 * What is recorded of a step.
 *
 * @param step from 1
 * @param rewards one a row
 * @param advantage mean of reward minus baseline, before any normalisation
 * @param first what the first inner iteration saw, of which the value loss tells how well rewards were foreseen
 * @param last what the last inner iteration saw, of which the rest tells how far the step went
 */
public record PolicyStep(int step, double[] rewards, double advantage, Improvement first, Improvement last) {

    /** Mean reward of the rows. */
    public double reward() {
        return Advantages.mean(rewards);
    }

    public double entropy() {
        return last.entropy();
    }

    public double divergence() {
        return last.divergence();
    }

    public double clipFraction() {
        return last.clipFraction();
    }

    public double valueLoss() {
        return first.valueLoss();
    }
}
