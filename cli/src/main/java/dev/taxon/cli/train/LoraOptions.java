package dev.taxon.cli.train;

import dev.taxon.core.Mode;
import dev.taxon.training.run.RateSchedule.Decay;
import dev.taxon.training.step.AdapterTarget;
import dev.taxon.training.supervised.SupervisedDefaults;
import dev.taxon.training.supervised.SupervisedSettings;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How an adapter learns; what is not given follows from the size of the data. */
final class LoraOptions {
    @Option(names = "--seed", paramLabel = "N", description = "All that is random follows from it. Default: 1.")
    long seed = 1;

    @Option(names = "--rank", paramLabel = "R", description = "Rank of the updates, up to 4096.")
    @Nullable
    Integer rank;

    @Option(
            names = "--alpha",
            paramLabel = "A",
            description = "Updates are scaled by alpha over rank; up to 1000000. Default: twice the rank.")
    @Nullable
    Double alpha;

    @Option(
            names = "--targets",
            split = ",",
            paramLabel = "T",
            description = "Layers that the adapter changes: attention, feed_forward, projectors, scorer. Default: all.")
    @Nullable
    Set<AdapterTarget> targets;

    @Option(names = "--epochs", paramLabel = "N", description = "How often each row is seen, at most; up to 10000.")
    @Nullable
    Integer epochs;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description =
                    "Learning rate at the top of the schedule. Default: at most 5e-4, less where the base has little wrong or rows are many.")
    @Nullable
    Double rate;

    @Option(names = "--up-rate", paramLabel = "R", description = "The same of lora_B alone. Default: --rate.")
    @Nullable
    Double upRate;

    @Option(names = "--warmup", paramLabel = "S", description = "Share of the steps that warm up.")
    @Nullable
    Double warmup;

    @Option(names = "--decay", paramLabel = "D", description = "linear or cosine.")
    @Nullable
    Decay decay;

    @Option(names = "--weight-decay", paramLabel = "W", description = "Decoupled weight decay.")
    @Nullable
    Double weightDecay;

    @Option(names = "--clip", paramLabel = "N", description = "Gradient norm to clip at.")
    @Nullable
    Double clip;

    @Option(names = "--batch-rows", paramLabel = "N", description = "Most rows of a step, up to 512.")
    @Nullable
    Integer batchRows;

    @Option(names = "--batch-tokens", paramLabel = "N", description = "Most text tokens of a step, up to 65536.")
    @Nullable
    Integer batchTokens;

    @Option(names = "--max-labels", paramLabel = "N", description = "Most labels that a row sees at a step, 2 to 1000.")
    @Nullable
    Integer maxLabels;

    @Option(names = "--hard-share", paramLabel = "S", description = "Share of wrong labels that are the hardest ones.")
    @Nullable
    Double hardShare;

    @Option(
            names = "--none-share",
            paramLabel = "S",
            description = "Share of rows shown without their true labels, so that \"none of these\" is learned.")
    @Nullable
    Double noneShare;

    @Option(
            names = "--focal-alpha",
            paramLabel = "A",
            description = "Weight of positives in the binary term; -1 is none.")
    @Nullable
    Double focalAlpha;

    @Option(names = "--focal-gamma", paramLabel = "G", description = "Focusing exponent of the binary term; 0 is none.")
    @Nullable
    Double focalGamma;

    @Option(
            names = "--binary-weight",
            paramLabel = "W",
            description = "Weight of the term that judges each label alone.")
    @Nullable
    Double binaryWeight;

    @Option(
            names = "--softmax-weight",
            paramLabel = "W",
            description = "Weight of the cross-entropy of rows with one label.")
    @Nullable
    Double softmaxWeight;

    @Option(
            names = "--folds",
            paramLabel = "N",
            description = "Cross-fit in N parts, 2 to 100; 0 leaves calibration and report out.")
    @Nullable
    Integer folds;

    @Option(
            names = "--held-out",
            paramLabel = "S",
            description = "Hold a share of the rows out and stop early, instead of --folds.")
    @Nullable
    Double heldOut;

    /** Throws {@link IllegalArgumentException} for what makes no sense, in words for the user. */
    SupervisedSettings settings(int rows, int labels, Mode mode) {
        SupervisedSettings defaults = SupervisedDefaults.of(rows, labels, mode, seed);
        if (folds != null && heldOut != null) {
            throw new IllegalArgumentException("Give --folds or --held-out, not both.");
        }
        return new SupervisedSettings(
                defaults.size().with(rank, alpha, targets),
                defaults.rates().with(rate, upRate, warmup, decay, weightDecay, clip),
                defaults.loss().with(focalAlpha(), focalGamma, binaryWeight, softmaxWeight),
                defaults.schedule().with(epochs, batchRows, batchTokens),
                defaults.candidates().with(maxLabels, hardShare, noneShare),
                defaults.validation().with(folds, heldOut),
                seed);
    }

    /** 0 stands for none, too. */
    private @Nullable Double focalAlpha() {
        return focalAlpha != null && focalAlpha == 0 ? Double.valueOf(-1) : focalAlpha;
    }

    /** Whether the size of the adapter was chosen. */
    boolean choosesSize() {
        return rank != null || alpha != null || targets != null;
    }
}
