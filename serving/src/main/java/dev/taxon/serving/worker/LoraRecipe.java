package dev.taxon.serving.worker;

import dev.taxon.core.Mode;
import dev.taxon.sdk.wire.Hyperparameters;
import dev.taxon.training.adapter.SupervisedJob;
import dev.taxon.training.supervised.SupervisedDefaults;
import dev.taxon.training.supervised.SupervisedSettings;
import dev.taxon.training.supervised.SupervisedTask;

/** An adapter from examples, as a request asks for it: what it leaves open follows from the size of the data. */
final class LoraRecipe {
    private LoraRecipe() {}

    /** Throws {@link IllegalArgumentException} for what makes no sense, in words for the owner. */
    static SupervisedJob job(Materials materials) {
        SupervisedTask task =
                SupervisedTask.of(materials.rows(), materials.mode()).withLearnedBefore(materials.before());
        Hyperparameters asked = materials.hyperparameters();
        SupervisedSettings settings =
                settings(asked, task.examples().size(), task.labelCount(), task.mode(), materials.seed());
        return new SupervisedJob(task, settings, asked.maxLength(), materials.start(), materials.facts());
    }

    static SupervisedSettings settings(Hyperparameters asked, int rows, int labels, Mode mode, long seed) {
        SupervisedSettings defaults = SupervisedDefaults.of(rows, labels, mode, seed);
        return new SupervisedSettings(
                defaults.size().with(asked.rank(), asked.alpha(), null),
                defaults.rates().with(asked.learningRate(), null, asked.warmup(), null, asked.weightDecay(), null),
                defaults.loss(),
                defaults.schedule().with(asked.epochs(), asked.batchRows(), asked.batchTokens()),
                defaults.candidates().with(asked.maxLabels(), null, null),
                defaults.validation().with(asked.folds(), asked.heldOut()),
                seed);
    }
}
