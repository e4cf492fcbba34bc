package dev.taxon.training.step;

/**
 * What one step saw.
 *
 * @param loss mean loss of the batch's rows before the update
 * @param gradientNorm norm over all parameters before clipping
 * @param correct rows whose best label was a true one
 */
public record StepResult(double loss, double gradientNorm, int correct) {}
