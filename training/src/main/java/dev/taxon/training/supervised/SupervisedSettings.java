package dev.taxon.training.supervised;

import static dev.taxon.training.Setting.or;

import dev.taxon.training.Setting;
import dev.taxon.training.learning.BatchSize;
import dev.taxon.training.run.RateSchedule.Decay;
import dev.taxon.training.step.AdapterSize;
import org.jspecify.annotations.Nullable;

/** Everything that decides what adapter comes of the same examples and the same base. */
public record SupervisedSettings(
        AdapterSize size,
        Rates rates,
        Loss loss,
        Schedule schedule,
        Candidates candidates,
        Validation validation,
        long seed) {

    /** The same with other rates. */
    public SupervisedSettings with(Rates other) {
        return new SupervisedSettings(size, other, loss, schedule, candidates, validation, seed);
    }

    /**
     * Learning rates at the top of the schedule, and how gradients become updates.
     *
     * @param down of lora_A
     * @param up of lora_B; higher ones learn faster (LoRA+, arXiv 2402.12354)
     * @param warmupShare share of the steps that warm up
     * @param weightDecay decoupled weight decay
     * @param maxGradientNorm where gradients are clipped
     * @param fullError the base's mean error from which on rates are these, see {@link #forError}; 0 where they always are
     */
    public record Rates(
            double down,
            double up,
            double warmupShare,
            Decay decay,
            double weightDecay,
            double maxGradientNorm,
            double fullError) {
        public Rates {
            Setting.require(down >= 0 && Double.isFinite(down), "rate", "the rate of lora_A must be 0 or above.");
            Setting.require(up >= 0 && Double.isFinite(up), "up_rate", "the rate of lora_B must be 0 or above.");
            Setting.require(
                    warmupShare >= 0 && warmupShare < 1, "warmup", "the warm-up's share of the steps lies in [0, 1).");
            Setting.require(
                    weightDecay >= 0 && Double.isFinite(weightDecay),
                    "weight_decay",
                    "weight decay must be 0 or above.");
            Setting.require(maxGradientNorm > 0, "clip", "the gradient norm to clip at must be above 0.");
            Setting.require(fullError >= 0 && fullError <= 1, "full_error", "the error lies between 0 and 1.");
        }

        /** Rates that are the same whatever the base knows. */
        public Rates(
                double down, double up, double warmupShare, Decay decay, double weightDecay, double maxGradientNorm) {
            this(down, up, warmupShare, decay, weightDecay, maxGradientNorm, 0);
        }

        /**
         * The rates for rows of which the base gives wrong labels so much probability, on the average: by its square, up to
         * the full rates. Adam's steps are as long where little is wrong as where much is, and cost a base that
         * answers well more than a few rows can teach it; docs/training.md has how this was chosen.
         */
        Rates forError(double error) {
            double part = fullError == 0 ? 1 : Math.min(1, error / fullError);
            double share = part * part;
            return new Rates(share * down, share * up, warmupShare, decay, weightDecay, maxGradientNorm);
        }

        /**
         * The same but for what is given; what is given for lora_A holds for lora_B, too, unless that has its own. Rates
         * that are given hold whatever the base knows.
         */
        public Rates with(
                @Nullable Double otherDown,
                @Nullable Double otherUp,
                @Nullable Double otherWarmup,
                @Nullable Decay otherDecay,
                @Nullable Double otherWeightDecay,
                @Nullable Double otherNorm) {
            return new Rates(
                    or(otherDown, down),
                    or(otherUp, or(otherDown, up)),
                    or(otherWarmup, warmupShare),
                    or(otherDecay, decay),
                    or(otherWeightDecay, weightDecay),
                    or(otherNorm, maxGradientNorm),
                    otherDown == null && otherUp == null ? fullError : 0);
        }
    }

    /**
     * What an answer costs, summed over its terms.
     *
     * @param focalAlpha weight of positives in the binary term (arXiv 1708.02002), in (0, 1]; -1 for none
     * @param focalGamma focusing exponent of the binary term; 0 for none
     * @param binary weight of the binary term, which judges each label alone
     * @param softmax weight of the cross-entropy of rows with one right label
     */
    public record Loss(double focalAlpha, double focalGamma, double binary, double softmax) {
        public Loss {
            Setting.require(
                    focalAlpha == -1 || (focalAlpha > 0 && focalAlpha <= 1),
                    "focal_alpha",
                    "focal alpha lies in (0, 1], or is -1.");
            Setting.require(
                    focalGamma >= 0 && Double.isFinite(focalGamma), "focal_gamma", "focal gamma must be 0 or above.");
            Setting.require(
                    binary >= 0 && Double.isFinite(binary),
                    "binary_weight",
                    "the binary term's weight must be 0 or above.");
            Setting.require(
                    softmax >= 0 && Double.isFinite(softmax),
                    "softmax_weight",
                    "the softmax term's weight must be 0 or above.");
            Setting.require(binary + softmax > 0, "binary_weight", "one of the loss's terms must have a weight.");
        }

        /** The same but for what is given. */
        public Loss with(
                @Nullable Double otherAlpha,
                @Nullable Double otherGamma,
                @Nullable Double otherBinary,
                @Nullable Double otherSoftmax) {
            return new Loss(
                    or(otherAlpha, focalAlpha),
                    or(otherGamma, focalGamma),
                    or(otherBinary, binary),
                    or(otherSoftmax, softmax));
        }
    }

    /**
     * How long it learns.
     *
     * @param epochs how often each row is seen, at most
     * @param batchRows the most rows of a step
     * @param batchTokens the most tokens of a step, labels apart
     */
    public record Schedule(int epochs, int batchRows, int batchTokens) {
        public Schedule {
            Setting.require(epochs >= 1 && epochs <= 10_000, "epochs", "the epochs lie between 1 and 10000.");
            Setting.require(batchRows >= 1 && batchRows <= 512, "batch_rows", "a batch has 1 to 512 rows.");
            Setting.require(
                    batchTokens >= 1 && batchTokens <= 65_536, "batch_tokens", "a batch has 1 to 65536 tokens.");
        }

        /** The same but for what is given. */
        public Schedule with(
                @Nullable Integer otherEpochs, @Nullable Integer otherRows, @Nullable Integer otherTokens) {
            return new Schedule(or(otherEpochs, epochs), or(otherRows, batchRows), or(otherTokens, batchTokens));
        }

        /** How large a step is. */
        BatchSize batch() {
            return new BatchSize(batchRows, batchTokens);
        }
    }

    /**
     * Which labels a row sees beside its true ones.
     *
     * @param most the most labels of a row, true ones included, save that these always have a place
     * @param hardShare share of the others that are those the base takes for true most; the rest are drawn
     * @param noneShare share of the times that a row is shown without its true labels, so that "none" is learned
     */
    public record Candidates(int most, double hardShare, double noneShare) {
        public Candidates {
            Setting.require(most >= 2 && most <= 1_000, "max_labels", "a row sees 2 to 1000 labels.");
            Setting.require(
                    hardShare >= 0 && hardShare <= 1,
                    "hard_share",
                    "the share of hard negatives lies between 0 and 1.");
            Setting.require(
                    noneShare >= 0 && noneShare <= 1,
                    "none_share",
                    "the share of rows without a true label lies between 0 and 1.");
        }

        /** The same but for what is given. */
        public Candidates with(
                @Nullable Integer otherMost, @Nullable Double otherHardShare, @Nullable Double otherNoneShare) {
            return new Candidates(or(otherMost, most), or(otherHardShare, hardShare), or(otherNoneShare, noneShare));
        }
    }
}
