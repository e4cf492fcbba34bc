package dev.taxon.serving.worker;

import static dev.taxon.training.Setting.or;

import dev.taxon.core.Mode;
import dev.taxon.sdk.wire.Hyperparameters;
import dev.taxon.training.adapter.RewardedJob;
import dev.taxon.training.policy.PolicySettings;
import dev.taxon.training.policy.RewardSettings;
import dev.taxon.training.ppo.FeedbackRows;
import dev.taxon.training.ppo.RewardedSettings;
import dev.taxon.training.ppo.RewardedTask;
import dev.taxon.training.step.AdapterSize;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An adapter from rewards, as a request asks for it. */
final class PpoRecipe {
    private PpoRecipe() {}

    /** Throws {@link IllegalArgumentException} for what makes no sense, in words for the owner. */
    static RewardedJob job(Materials materials) {
        Hyperparameters asked = materials.hyperparameters();
        RewardedTask task = task(materials);
        RewardSettings rewards =
                rewards(materials.request().rewards(), materials.feedback().isPresent());
        RewardedSettings settings = new RewardedSettings(
                policy(asked),
                rewards.rewards(Optional.empty()),
                RewardedSettings.epochs(task.rows().size(), or(asked.epochs(), RewardedSettings.DEFAULT_EPOCHS)),
                AdapterSize.defaults().with(asked.rank(), asked.alpha(), null),
                or(asked.batchTokens(), RewardedSettings.DEFAULT_BATCH_TOKENS),
                materials.seed());
        Map<String, String> facts = new LinkedHashMap<>(materials.facts());
        facts.put("reward", rewards.weights().toString());
        return new RewardedJob(task, settings, asked.maxLength(), materials.start(), facts);
    }

    private static RewardedTask task(Materials materials) {
        Mode mode = materials.mode();
        if (materials.feedback().isPresent()) {
            return RewardedTask.ofFeedback(
                    FeedbackRows.read(materials.feedback().get(), mode), materials.rows(), mode, materials.before());
        }
        double heldOut = or(materials.hyperparameters().heldOut(), RewardedTask.DEFAULT_HELD_OUT);
        return RewardedTask.ofLabelled(materials.rows(), mode, heldOut, materials.seed(), materials.before());
    }

    static RewardSettings rewards(@Nullable Map<String, Double> asked, boolean feedback) {
        if (asked == null) {
            return feedback ? new RewardSettings(Map.of(RewardSettings.Kind.FEEDBACK, 1.0)) : RewardSettings.defaults();
        }
        Map<RewardSettings.Kind, Double> weights = new LinkedHashMap<>();
        asked.forEach(
                (name, weight) -> weights.put(RewardSettings.Kind.valueOf(name.toUpperCase(Locale.ROOT)), weight));
        return new RewardSettings(weights);
    }

    private static PolicySettings policy(Hyperparameters asked) {
        PolicySettings defaults = PolicySettings.defaults();
        double rate = or(asked.learningRate(), defaults.rates().encoder());
        return new PolicySettings(
                or(asked.batchRows(), defaults.batchRows()),
                defaults.iterations(),
                or(asked.clipRange(), defaults.clip()),
                new PolicySettings.Terms(
                        or(asked.entropy(), defaults.terms().entropy()),
                        or(asked.kl(), defaults.terms().divergence())),
                new PolicySettings.Rates(rate, rate, defaults.rates().value()),
                defaults.baseline(),
                defaults.limit());
    }
}
