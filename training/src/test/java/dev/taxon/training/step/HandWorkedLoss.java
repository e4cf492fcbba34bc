package dev.taxon.training.step;

import java.util.List;

/**
 * What rows cost, in double precision and without a tensor: of each label the focal loss of its sigmoid (arXiv 1708.02002),
 * of rows with one right label the cross-entropy of the softmax besides; the mean over rows.
 */
record HandWorkedLoss(double focalAlpha, double focalGamma, double binaryWeight, double softmaxWeight) {

    double of(List<float[]> logits, List<AdapterBatch.Row> rows) {
        double sum = 0;
        for (int row = 0; row < rows.size(); row++) {
            sum += of(logits.get(row), rows.get(row).targets(), rows.get(row).singleLabel());
        }
        return sum / rows.size();
    }

    /** Of one row. */
    double of(float[] logits, float[] targets, boolean singleLabel) {
        return binaryWeight * binary(logits, targets) + (singleLabel ? softmaxWeight * softmax(logits, targets) : 0);
    }

    private double binary(float[] logits, float[] targets) {
        double sum = 0;
        for (int label = 0; label < logits.length; label++) {
            double probability = 1 / (1 + Math.exp(-(double) logits[label]));
            double right = targets[label] == 1 ? probability : 1 - probability;
            double weight = targets[label] == 1 ? focalAlpha : 1 - focalAlpha;
            sum -= (focalAlpha < 0 ? 1 : weight) * Math.pow(1 - right, focalGamma) * Math.log(right);
        }
        return sum;
    }

    private static double softmax(float[] logits, float[] targets) {
        double normalizer = 0;
        for (float logit : logits) {
            normalizer += Math.exp(logit);
        }
        double loss = 0;
        for (int label = 0; label < logits.length; label++) {
            loss -= targets[label] * (logits[label] - Math.log(normalizer));
        }
        return loss;
    }
}
