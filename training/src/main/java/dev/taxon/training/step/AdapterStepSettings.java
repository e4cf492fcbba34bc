package dev.taxon.training.step;

/**
 * What one step of an adapter is to use; all of it may change from step to step.
 *
 * @param step number of this step from 1, for Adam's bias correction
 * @param downRate learning rate of the downs (lora_A)
 * @param upRate learning rate of the ups (lora_B)
 * @param weightDecay decoupled weight decay
 * @param maxGradientNorm gradients are scaled down to this norm, over all parameters
 * @param focalAlpha weight of positives in the binary term, -1 switches it off
 * @param focalGamma focusing exponent of the binary term, 0 makes it plain cross-entropy
 * @param binaryWeight weight of the binary term, which every row has
 * @param softmaxWeight weight of the softmax term, which rows with exactly one right label have
 */
public record AdapterStepSettings(
        int step,
        double downRate,
        double upRate,
        double weightDecay,
        double maxGradientNorm,
        double focalAlpha,
        double focalGamma,
        double binaryWeight,
        double softmaxWeight) {

    double[] vector() {
        return new double[] {
            step, downRate, upRate, weightDecay, maxGradientNorm, focalAlpha, focalGamma, binaryWeight, softmaxWeight
        };
    }
}
