package dev.taxon.training.run;

import dev.taxon.training.sampling.SamplingSettings;
import dev.taxon.training.step.StepSettings;

/**
 * Everything that decides what a run computes, and how often it writes checkpoints.
 *
 * @param trainedShare share of the trained weights in the model that is written at the end, in (0, 1]; the rest is what
 *     training started from, which keeps more of what the start knew of texts unlike the training data (Wortsman et al.
 *     2022, arXiv 2109.01903). May differ when a run goes on
 * @param checkpointEvery steps between checkpoints; may differ when a run goes on
 */
public record FullTrainingSettings(
        Extent extent,
        Rates rates,
        Update update,
        Loss loss,
        SamplingSettings sampling,
        double trainedShare,
        int checkpointEvery) {

    public FullTrainingSettings {
        require(trainedShare > 0 && trainedShare <= 1, "the trained weights' share lies above 0 and up to 1.");
        require(checkpointEvery >= 1, "checkpoints must be at least 1 step apart.");
    }

    public static FullTrainingSettings defaults(Extent extent, long seed) {
        return new FullTrainingSettings(
                extent, Rates.defaults(), Update.defaults(), Loss.defaults(), SamplingSettings.defaults(seed), 1, 500);
    }

    /**
     * Learning rates at the top of the schedule.
     *
     * @param heads of everything but the encoder
     * @param warmupShare share of the steps that warm up
     */
    public record Rates(double encoder, double heads, double warmupShare, RateSchedule.Decay decay) {
        public Rates {
            require(encoder >= 0 && Double.isFinite(encoder), "the encoder's rate must be 0 or above.");
            require(heads >= 0 && Double.isFinite(heads), "the heads' rate must be 0 or above.");
            require(warmupShare >= 0 && warmupShare < 1, "the warm-up's share of the steps lies in [0, 1).");
        }

        public static Rates defaults() {
            return new Rates(3e-5, 1e-4, 0.06, RateSchedule.Decay.LINEAR);
        }
    }

    /**
     * How gradients become updates.
     *
     * @param weightDecay decoupled weight decay
     * @param maxGradientNorm where gradients are clipped
     */
    public record Update(double weightDecay, double maxGradientNorm) {
        public Update {
            require(weightDecay >= 0 && Double.isFinite(weightDecay), "weight decay must be 0 or above.");
            require(maxGradientNorm > 0, "the gradient norm to clip at must be above 0.");
        }

        public static Update defaults() {
            return new Update(0.01, 1.0);
        }
    }

    /**
     * The loss's parts, as in {@link StepSettings}.
     *
     * @param focalAlpha weight of positives, in [0, 1], or -1 for none
     */
    public record Loss(double focalAlpha, double focalGamma, double softmaxWeight) {
        public Loss {
            require(focalAlpha == -1 || (focalAlpha >= 0 && focalAlpha <= 1), "focal alpha is -1 or lies in [0, 1].");
            require(focalGamma >= 0 && Double.isFinite(focalGamma), "focal gamma must be 0 or above.");
            require(softmaxWeight >= 0 && Double.isFinite(softmaxWeight), "the softmax weight must be 0 or above.");
        }

        public static Loss defaults() {
            return new Loss(-1, 0, 1);
        }
    }

    StepSettings at(int step, RateSchedule schedule) {
        double factor = schedule.factor(step);
        return new StepSettings(
                step,
                rates.encoder() * factor,
                rates.heads() * factor,
                update.weightDecay(),
                update.maxGradientNorm(),
                loss.focalAlpha(),
                loss.focalGamma(),
                loss.softmaxWeight());
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("Training settings: " + rule);
        }
    }
}
