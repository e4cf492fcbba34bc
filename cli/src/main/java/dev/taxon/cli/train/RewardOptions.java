package dev.taxon.cli.train;

import static dev.taxon.training.Setting.or;

import dev.taxon.core.Mode;
import dev.taxon.training.data.DigestedFile;
import dev.taxon.training.policy.CostMatrixFile;
import dev.taxon.training.policy.RewardSettings;
import dev.taxon.training.policy.Rewards;
import dev.taxon.training.ppo.FeedbackRows;
import dev.taxon.training.ppo.RewardedTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is learned from, and what answers are worth. */
final class RewardOptions {
    @Option(
            names = "--feedback",
            paramLabel = "F",
            description =
                    "Answers that people judged (.jsonl), to learn from; then --data only judges before and after.")
    @Nullable
    Path feedback;

    @Option(
            names = "--reward",
            paramLabel = "PART=W,...",
            description = "f1, accuracy, recall, precision, cost, feedback, each with its weight. Default: f1=1, with"
                    + " --feedback feedback=1, with --cost cost=1.")
    @Nullable
    String reward;

    @Option(
            names = "--cost",
            paramLabel = "F",
            description =
                    "What answering one label costs where another is right (.csv or .json), for single-label data.")
    @Nullable
    Path cost;

    /** Throws {@link IllegalArgumentException} for what makes no sense, in words for the user. */
    Rewards rewards() {
        return settings().rewards(Optional.ofNullable(cost).map(CostMatrixFile::read));
    }

    private RewardSettings settings() {
        if (reward != null) {
            return RewardSettings.parse(reward);
        }
        if (cost != null) {
            return RewardSettings.parse("cost=1");
        }
        return feedback == null ? RewardSettings.defaults() : RewardSettings.parse("feedback=1");
    }

    /** Throws {@link IllegalArgumentException} for a share that makes no sense. */
    RewardedTask task(AdapterCommand.Basis basis, @Nullable Double heldOut, long seed) {
        Mode mode = basis.mode();
        double share = or(heldOut, RewardedTask.DEFAULT_HELD_OUT);
        return feedback == null
                ? RewardedTask.ofLabelled(basis.rows(), mode, share, seed, basis.before())
                : RewardedTask.ofFeedback(FeedbackRows.read(feedback, mode), basis.rows(), mode, basis.before());
    }

    /** What a run that goes on must share with the one that was stopped. */
    Map<String, String> facts() throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("reward", settings().weights().toString());
        if (feedback != null) {
            facts.put("feedback", DigestedFile.digestOf(feedback));
        }
        if (cost != null) {
            facts.put("costs", DigestedFile.digestOf(cost));
        }
        return facts;
    }
}
