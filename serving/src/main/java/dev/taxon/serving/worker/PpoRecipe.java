package dev.taxon.serving.worker;

import dev.taxon.core.Mode;
import dev.taxon.sdk.wire.Hyperparameters;
import dev.taxon.training.lora.FeedbackRows;
import dev.taxon.training.lora.LearningTask;
import dev.taxon.training.lora.LoraDefaults;
import dev.taxon.training.lora.RewardedJob;
import dev.taxon.training.lora.RewardedTask;
import dev.taxon.training.lora.RewardedTraining;
import dev.taxon.training.policy.PolicySettings;
import dev.taxon.training.policy.RewardSettings;
import dev.taxon.training.run.Extent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An adapter from rewards, as a request asks for it. */
final class PpoRecipe {
    private static final int DEFAULT_EPOCHS = 4;
    private static final int DEFAULT_BATCH_TOKENS = 4096;
    private static final double DEFAULT_HELD_OUT = 0.2;

    private PpoRecipe() {}

    /** Throws {@link IllegalArgumentException} for what makes no sense, in words for the owner. */
    static Trainer trainer(Materials materials) {
        Hyperparameters asked = materials.hyperparameters();
        Mode mode = LearningTask.modeOf(materials.rows(), materials.mode());
        RewardedTask task = task(materials, mode);
        RewardSettings rewards =
                rewards(materials.request().rewards(), materials.feedback().isPresent());
        Map<String, String> facts = new LinkedHashMap<>(materials.facts());
        facts.put("reward", rewards.weights().toString());
        RewardedJob job = new RewardedJob(
                task,
                settings(asked),
                rewards.rewards(Optional.empty()),
                new Extent.Rows((long) task.rows().size() * LoraRecipe.or(asked.epochs(), DEFAULT_EPOCHS)),
                LoraRecipe.size(
                        asked, LoraDefaults.of(1, 1, mode, materials.seed()).size()),
                LoraRecipe.or(asked.batchTokens(), DEFAULT_BATCH_TOKENS),
                asked.maxLength(),
                materials.start(),
                materials.seed(),
                facts);
        return (out, listener, stop) ->
                new RewardedTraining(job, materials.checkpoint(), materials.precision(), listener, stop).run(out, true);
    }

    private static RewardedTask task(Materials materials, Mode mode) {
        if (materials.feedback().isPresent()) {
            return RewardedTask.ofFeedback(
                    FeedbackRows.read(materials.feedback().get(), mode), materials.rows(), mode);
        }
        double heldOut = LoraRecipe.or(materials.hyperparameters().heldOut(), DEFAULT_HELD_OUT);
        return RewardedTask.ofLabelled(materials.rows(), mode, heldOut, materials.seed());
    }

    static RewardSettings rewards(@org.jspecify.annotations.Nullable Map<String, Double> asked, boolean feedback) {
        if (asked == null) {
            return feedback ? new RewardSettings(Map.of(RewardSettings.Kind.FEEDBACK, 1.0)) : RewardSettings.defaults();
        }
        Map<RewardSettings.Kind, Double> weights = new LinkedHashMap<>();
        asked.forEach(
                (name, weight) -> weights.put(RewardSettings.Kind.valueOf(name.toUpperCase(Locale.ROOT)), weight));
        return new RewardSettings(weights);
    }

    private static PolicySettings settings(Hyperparameters asked) {
        PolicySettings defaults = PolicySettings.defaults();
        double rate = LoraRecipe.or(asked.learningRate(), defaults.rates().encoder());
        return new PolicySettings(
                LoraRecipe.or(asked.batchRows(), defaults.batchRows()),
                defaults.iterations(),
                LoraRecipe.or(asked.clipRange(), defaults.clip()),
                new PolicySettings.Terms(
                        LoraRecipe.or(asked.entropy(), defaults.terms().entropy()),
                        LoraRecipe.or(asked.kl(), defaults.terms().divergence())),
                new PolicySettings.Rates(rate, rate, defaults.rates().value()),
                defaults.baseline(),
                defaults.limit());
    }
}
