package dev.taxon.cli.train;

import dev.taxon.training.Setting;
import dev.taxon.training.policy.PolicySettings;
import dev.taxon.training.policy.PolicySettings.Baseline;
import dev.taxon.training.policy.PolicySettings.Limit;
import dev.taxon.training.policy.PolicySettings.Rates;
import dev.taxon.training.policy.PolicySettings.Terms;
import dev.taxon.training.policy.Rewards;
import dev.taxon.training.ppo.RewardedSettings;
import dev.taxon.training.ppo.RewardedTask;
import dev.taxon.training.run.Extent;
import dev.taxon.training.step.AdapterSize;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How an adapter learns from rewards. */
final class PpoOptions {
    private static final PolicySettings DEFAULTS = PolicySettings.defaults();

    @Option(names = "--seed", paramLabel = "N", description = "All that is random follows from it. Default: 1.")
    long seed = 1;

    @Option(
            names = "--kl",
            paramLabel = "W",
            description = "Weight of staying near the start; 0 leaves it out. Default: ${DEFAULT-VALUE}.")
    double kl = DEFAULTS.terms().divergence();

    @Option(
            names = "--entropy",
            paramLabel = "W",
            description = "Weight of staying undecided; 0 leaves it out. Default: ${DEFAULT-VALUE}.")
    double entropy = DEFAULTS.terms().entropy();

    @Option(
            names = "--clip-range",
            paramLabel = "E",
            description = "How far a ratio of probabilities may move from 1 and still earn. Default: ${DEFAULT-VALUE}.")
    double clipRange = DEFAULTS.clip();

    @Option(
            names = "--inner",
            paramLabel = "N",
            description = "How often each batch's answers are learned from, up to 100. Default: ${DEFAULT-VALUE}.")
    int inner = DEFAULTS.iterations();

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "Learning rate at the top of the schedule. Default: ${DEFAULT-VALUE}.")
    double rate = DEFAULTS.rates().encoder();

    @Option(
            names = "--value-rate",
            paramLabel = "R",
            description = "Learning rate of what foresees rewards. Default: ${DEFAULT-VALUE}.")
    double valueRate = DEFAULTS.rates().value();

    @Option(
            names = "--kl-limit",
            paramLabel = "D",
            description = "Stop when the policy stays further than that from its start, in nats a decision."
                    + " Default: ${DEFAULT-VALUE}.")
    double limit = DEFAULTS.limit().divergence();

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "How often each row is answered, up to 10000. Default: 4.")
    @Nullable
    Integer epochs;

    @Option(names = "--steps", paramLabel = "N", description = "Take N steps, instead of --epochs.")
    @Nullable
    Integer steps;

    @Option(
            names = "--batch-rows",
            paramLabel = "N",
            description = "Most rows that are answered and learned from together, 2 to 512. Default: ${DEFAULT-VALUE}.")
    int batchRows = DEFAULTS.batchRows();

    @Option(
            names = "--batch-tokens",
            paramLabel = "N",
            description = "Most text tokens of a step, up to 65536. Default: ${DEFAULT-VALUE}.")
    int batchTokens = RewardedSettings.DEFAULT_BATCH_TOKENS;

    @Option(
            names = "--rank",
            paramLabel = "R",
            description = "Rank of the updates, up to 4096, where there is no --from. Default: 16.")
    @Nullable
    Integer rank;

    @Option(
            names = "--held-out",
            paramLabel = "S",
            description = "Share of --data that judges before and after, and is not learned from, here or by --from; of"
                    + " less than 40 such rows none is held out. With --feedback all of it judges. Default: "
                    + RewardedTask.DEFAULT_HELD_OUT
                    + ".")
    @Nullable
    Double heldOut;

    /** Throws {@link IllegalArgumentException} for what makes no sense, in words for the user. */
    RewardedSettings settings(Rewards rewards, int rows) {
        return new RewardedSettings(policy(), rewards, extent(rows), size(), batchTokens, seed);
    }

    private PolicySettings policy() {
        return new PolicySettings(
                batchRows,
                inner,
                clipRange,
                new Terms(entropy, kl),
                new Rates(rate, rate, valueRate),
                Baseline.defaults(),
                new Limit(limit, DEFAULTS.limit().patience()));
    }

    private AdapterSize size() {
        return AdapterSize.defaults().with(rank, null, null);
    }

    private Extent extent(int rows) {
        if (epochs != null && steps != null) {
            throw new IllegalArgumentException("Give --epochs or --steps, not both.");
        }
        if (steps != null) {
            return new Extent.Steps(steps);
        }
        return RewardedSettings.epochs(rows, Setting.or(epochs, RewardedSettings.DEFAULT_EPOCHS));
    }
}
