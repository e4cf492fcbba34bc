package dev.taxon.core.adapter;

import java.util.List;

/**
 * What of PEFT's adapter_config.json is honoured. Targets and ranks are taken from the tensors themselves.
 *
 * @param alpha what updates are scaled by, over the rank
 * @param rankStabilized whether over the square root of the rank (arXiv 2312.03732)
 * @param alphas layers whose alpha is another
 * @param modulesToSave layers that are replaced as a whole
 */
record PeftConfig(double alpha, boolean rankStabilized, AlphaPatterns alphas, List<String> modulesToSave) {
    PeftConfig {
        modulesToSave = List.copyOf(modulesToSave);
    }

    /** What the update of a linear layer is multiplied by. */
    double scale(String layer, int rank) {
        double own = alphas.of(layer).orElse(alpha);
        return own / (rankStabilized ? Math.sqrt(rank) : rank);
    }
}
