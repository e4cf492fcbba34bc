package dev.taxon.training.policy;

import dev.taxon.training.Setting;

/**
 * Everything that decides what a step of PPO computes (arXiv 1707.06347).
 *
 * @param batchRows rows that are answered, rewarded and learned from together
 * @param iterations how often one batch's actions are learned from
 * @param clip how far a ratio may move from 1 before it earns nothing more; epsilon of equation 7
 */
public record PolicySettings(
        int batchRows, int iterations, double clip, Terms terms, Rates rates, Baseline baseline, Limit limit) {

    public PolicySettings {
        Setting.require(batchRows >= 1 && batchRows <= 512, "batch_rows", "a batch has 1 to 512 rows.");
        Setting.require(
                iterations >= 1 && iterations <= 100, "inner", "the inner iterations are 1 to 100; 2 or 3 are usual.");
        Setting.require(clip > 0 && clip < 1, "clip_range", "the clip lies between 0 and 1.");
        Setting.require(
                batchRows >= 2 || baseline.valueHead() && !baseline.normalized(),
                "batch_rows",
                "a batch of 1 row has no other answer to compare its reward with; use larger batches.");
    }

    /** The same with the model's learning rates times a factor, as a schedule has them. */
    public PolicySettings withRates(double factor) {
        Rates lower = new Rates(rates.encoder() * factor, rates.heads() * factor, rates.value());
        return new PolicySettings(batchRows, iterations, clip, terms, lower, baseline, limit);
    }

    /** For updates of low-rank adapters alone; docs/ppo.md has what they were tried on. */
    public static PolicySettings defaults() {
        return new PolicySettings(
                16, 2, 0.2, Terms.defaults(), Rates.ofAdapters(), Baseline.defaults(), Limit.defaults());
    }

    /**
     * Weights of the loss's terms beside the surrogate, which weighs 1. A term that weighs 0 is left out.
     *
     * @param entropy of the bonus for staying undecided
     * @param divergence of the penalty for leaving the frozen reference policy
     */
    public record Terms(double entropy, double divergence) {
        public Terms {
            Setting.require(isWeight(entropy), "entropy", "the entropy's weight is 0, which leaves it out, or above.");
            Setting.require(isWeight(divergence), "kl", "the divergence's weight is 0, which leaves it out, or above.");
        }

        public static Terms defaults() {
            return new Terms(0.01, 0.05);
        }

        private static boolean isWeight(double weight) {
            return weight >= 0 && Double.isFinite(weight);
        }
    }

    /**
     * Learning rates.
     *
     * @param heads of what stands on the encoder
     * @param value of the value head, which has an optimiser of its own
     */
    public record Rates(double encoder, double heads, double value) {
        public Rates {
            Setting.require(encoder >= 0 && Double.isFinite(encoder), "rate", "the encoder's rate must be 0 or above.");
            Setting.require(heads >= 0 && Double.isFinite(heads), "rate", "the heads' rate must be 0 or above.");
            Setting.require(
                    value >= 0 && Double.isFinite(value), "value_rate", "the value head's rate must be 0 or above.");
        }

        /** For adapters, as few examples are learned at in supervised training. */
        public static Rates ofAdapters() {
            return new Rates(5e-4, 5e-4, 1e-3);
        }
    }

    /**
     * What rewards are held against.
     *
     * @param valueHead true for a learned value of each row; false for the mean reward of the batch
     * @param normalized true when a batch's advantages are brought to mean 0 and variance 1
     */
    public record Baseline(boolean valueHead, boolean normalized) {
        public static Baseline defaults() {
            return new Baseline(true, true);
        }
    }

    /**
     * When a run stops by itself, see {@link DivergenceGuard}.
     *
     * @param divergence the highest moving average of the divergence from the reference, per decision, in nats
     * @param patience for how many steps on end it may lie above
     */
    public record Limit(double divergence, int patience) {
        public Limit {
            Setting.require(divergence > 0, "kl_limit", "the divergence to stop at must be above 0.");
            Setting.require(patience >= 1, "patience", "the patience must be at least 1 step.");
        }

        public static Limit defaults() {
            return new Limit(0.5, 5);
        }
    }
}
