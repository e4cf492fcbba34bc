package dev.taxon.training.run;

import dev.taxon.training.Setting;
import dev.taxon.training.sampling.SamplingSettings;
import dev.taxon.training.step.StepSettings;

/**
 * Everything that decides what a run computes, and how often it writes checkpoints.
 *
 * @param export the model that is written at the end; may differ when a run goes on
 * @param checkpointEvery steps between checkpoints; may differ when a run goes on
 */
public record FullTrainingSettings(
        Extent extent,
        Rates rates,
        Update update,
        Loss loss,
        SamplingSettings sampling,
        Export export,
        int checkpointEvery) {

    public FullTrainingSettings {
        Setting.require(checkpointEvery >= 1, "checkpoint_every", "checkpoints must be at least 1 step apart.");
    }

    /**
     * Learning rates at the top of the schedule.
     *
     * @param heads of everything but the encoder
     * @param warmupShare share of the steps that warm up
     */
    public record Rates(double encoder, double heads, double warmupShare, RateSchedule.Decay decay) {
        public Rates {
            Setting.require(
                    encoder >= 0 && Double.isFinite(encoder), "encoder_rate", "the encoder's rate must be 0 or above.");
            Setting.require(heads >= 0 && Double.isFinite(heads), "head_rate", "the heads' rate must be 0 or above.");
            Setting.require(
                    warmupShare >= 0 && warmupShare < 1, "warmup", "the warm-up's share of the steps lies in [0, 1).");
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
            Setting.require(
                    weightDecay >= 0 && Double.isFinite(weightDecay),
                    "weight_decay",
                    "weight decay must be 0 or above.");
            Setting.require(maxGradientNorm > 0, "clip", "the gradient norm to clip at must be above 0.");
        }

        public static Update defaults() {
            return new Update(0.01, 1.0);
        }
    }

    /**
     * The loss's parts, as in {@link StepSettings}.
     *
     * @param focalAlpha weight of positives, in (0, 1]; 0 or -1 for none, as in the reference, and kept as -1
     */
    public record Loss(double focalAlpha, double focalGamma, double softmaxWeight) {
        private static final double NONE = -1;

        public Loss {
            Setting.require(
                    focalAlpha == NONE || (focalAlpha >= 0 && focalAlpha <= 1),
                    "focal_alpha",
                    "focal alpha lies in (0, 1], or is 0 or -1 for none.");
            focalAlpha = focalAlpha == 0 ? NONE : focalAlpha;
            Setting.require(
                    focalGamma >= 0 && Double.isFinite(focalGamma), "focal_gamma", "focal gamma must be 0 or above.");
            Setting.require(
                    softmaxWeight >= 0 && Double.isFinite(softmaxWeight),
                    "softmax_weight",
                    "the softmax weight must be 0 or above.");
        }

        public static Loss defaults() {
            return new Loss(NONE, 0, 1);
        }
    }

    /**
     * The model that is written at the end.
     *
     * @param name what it calls itself in answers
     * @param trainedShare share of the trained weights in it, in (0, 1]; the rest is what training started from, which
     *     keeps more of what the start knew of texts unlike the training data (Wortsman et al. 2022, arXiv 2109.01903)
     */
    public record Export(String name, double trainedShare) {
        private static final int LONGEST_NAME = 200;

        public Export {
            Setting.require(
                    !name.isBlank()
                            && name.length() <= LONGEST_NAME
                            && name.chars().noneMatch(Character::isISOControl),
                    "name",
                    "the model's name must be one line of 1 to " + LONGEST_NAME + " characters.");
            Setting.require(
                    trainedShare > 0 && trainedShare <= 1,
                    "trained_share",
                    "the trained weights' share lies above 0 and up to 1.");
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
}
