package dev.taxon.training.step;

/**
 * What one step is to use; all of it may change from step to step.
 *
 * @param step number of this step from 1, for Adam's bias correction
 * @param encoderRate learning rate of the encoder
 * @param headRate learning rate of everything else
 * @param weightDecay decoupled weight decay, on matrices only
 * @param maxGradientNorm gradients are scaled down to this norm, over all parameters
 * @param focalAlpha weight of positives in the binary term, -1 switches it off
 * @param focalGamma focusing exponent of the binary term, 0 makes it plain cross-entropy
 * @param softmaxWeight weight of the softmax term, which rows with exactly one right label have; the binary term,
 *     which every row has, weighs 1
 */
public record StepSettings(
        int step,
        double encoderRate,
        double headRate,
        double weightDecay,
        double maxGradientNorm,
        double focalAlpha,
        double focalGamma,
        double softmaxWeight) {}
