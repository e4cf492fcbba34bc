package dev.taxon.cli.train;

import dev.taxon.training.run.Extent;
import dev.taxon.training.run.FullTrainingSettings;
import dev.taxon.training.run.FullTrainingSettings.Export;
import dev.taxon.training.run.FullTrainingSettings.Loss;
import dev.taxon.training.run.FullTrainingSettings.Rates;
import dev.taxon.training.run.FullTrainingSettings.Update;
import dev.taxon.training.run.RateSchedule.Decay;
import dev.taxon.training.sampling.SamplingSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long a run is, how fast it learns and what it calls a loss. */
final class RunOptions {
    private static final long DEFAULT_ROWS = 70_000;
    private static final Rates RATES = Rates.defaults();
    private static final Update UPDATE = Update.defaults();
    private static final Loss LOSS = Loss.defaults();

    @Option(names = "--rows", paramLabel = "N", description = "Train until N rows were seen. Default: 70000.")
    @Nullable
    Long rows;

    @Option(names = "--steps", paramLabel = "N", description = "Train N steps, instead of --rows.")
    @Nullable
    Integer steps;

    @Option(
            names = "--encoder-rate",
            paramLabel = "R",
            description = "Learning rate of the encoder. Default: ${DEFAULT-VALUE}.")
    double encoderRate = RATES.encoder();

    @Option(
            names = "--head-rate",
            paramLabel = "R",
            description = "Learning rate of all else. Default: ${DEFAULT-VALUE}.")
    double headRate = RATES.heads();

    @Option(
            names = "--warmup",
            paramLabel = "S",
            description = "Share of the steps that warm up. Default: ${DEFAULT-VALUE}.")
    double warmup = RATES.warmupShare();

    @Option(names = "--decay", paramLabel = "D", description = "linear or cosine. Default: linear.")
    Decay decay = RATES.decay();

    @Option(
            names = "--weight-decay",
            paramLabel = "W",
            description = "Decoupled weight decay. Default: ${DEFAULT-VALUE}.")
    double weightDecay = UPDATE.weightDecay();

    @Option(names = "--clip", paramLabel = "N", description = "Gradient norm to clip at. Default: ${DEFAULT-VALUE}.")
    double clip = UPDATE.maxGradientNorm();

    @Option(
            names = "--focal-alpha",
            paramLabel = "A",
            description = "Weight of positives; 0 or -1 is none. Default: ${DEFAULT-VALUE}.")
    double focalAlpha = LOSS.focalAlpha();

    @Option(
            names = "--focal-gamma",
            paramLabel = "G",
            description = "Focusing exponent; 0 is none. Default: ${DEFAULT-VALUE}.")
    double focalGamma = LOSS.focalGamma();

    @Option(
            names = "--softmax-weight",
            paramLabel = "W",
            description = "Weight of the softmax term of single-label rows. Default: ${DEFAULT-VALUE}.")
    double softmaxWeight = LOSS.softmaxWeight();

    @Option(
            names = "--trained-share",
            paramLabel = "S",
            description = "Share of the trained weights in the model written at the end; the rest is the start's."
                    + " Default: ${DEFAULT-VALUE}.")
    double trainedShare = 1;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "N",
            description = "Steps between checkpoints. Default: ${DEFAULT-VALUE}.")
    int checkpointEvery = 500;

    /** Throws {@link IllegalArgumentException} for what makes no sense, in words for the user. */
    FullTrainingSettings settings(SamplingSettings sampling, String name) {
        return new FullTrainingSettings(
                extent(),
                new Rates(encoderRate, headRate, warmup, decay),
                new Update(weightDecay, clip),
                new Loss(focalAlpha, focalGamma, softmaxWeight),
                sampling,
                new Export(name, trainedShare),
                checkpointEvery);
    }

    private Extent extent() {
        if (rows != null && steps != null) {
            throw new IllegalArgumentException("Give --rows or --steps, not both.");
        }
        if (steps != null) {
            return new Extent.Steps(steps);
        }
        return new Extent.Rows(rows == null ? DEFAULT_ROWS : rows);
    }
}
