package dev.taxon.serving.worker;

import dev.taxon.core.Mode;
import dev.taxon.sdk.wire.Hyperparameters;
import dev.taxon.training.lora.LearningTask;
import dev.taxon.training.lora.LoraDefaults;
import dev.taxon.training.lora.LoraJob;
import dev.taxon.training.lora.LoraSettings;
import dev.taxon.training.lora.LoraSettings.Candidates;
import dev.taxon.training.lora.LoraSettings.Rates;
import dev.taxon.training.lora.LoraSettings.Schedule;
import dev.taxon.training.lora.LoraSettings.Size;
import dev.taxon.training.lora.LoraTraining;
import dev.taxon.training.lora.Validation;
import org.jspecify.annotations.Nullable;

/** An adapter from examples, as a request asks for it: what it leaves open follows from the size of the data. */
final class LoraRecipe {
    private LoraRecipe() {}

    /** Throws {@link IllegalArgumentException} for what makes no sense, in words for the owner. */
    static Trainer trainer(Materials materials) {
        LearningTask task = LearningTask.of(materials.rows(), LearningTask.modeOf(materials.rows(), materials.mode()));
        LoraJob job = new LoraJob(
                task,
                settings(materials.hyperparameters(), task, materials.seed()),
                materials.hyperparameters().maxLength(),
                materials.start(),
                materials.facts());
        return (out, listener, stop) ->
                new LoraTraining(job, materials.checkpoint(), materials.precision(), listener, stop).run(out, true);
    }

    private static LoraSettings settings(Hyperparameters asked, LearningTask task, long seed) {
        return settings(asked, task.examples().size(), task.labelCount(), task.mode(), seed);
    }

    static LoraSettings settings(Hyperparameters asked, int rows, int labels, Mode mode, long seed) {
        LoraSettings defaults = LoraDefaults.of(rows, labels, mode, seed);
        return new LoraSettings(
                size(asked, defaults.size()),
                rates(asked, defaults.rates()),
                defaults.loss(),
                schedule(asked, defaults.schedule()),
                candidates(asked, defaults.candidates()),
                validation(asked, defaults.validation()),
                seed);
    }

    /** Alpha grows with the rank, unless it was chosen, too. */
    static Size size(Hyperparameters asked, Size defaults) {
        int rank = or(asked.rank(), defaults.rank());
        return new Size(rank, or(asked.alpha(), rank * defaults.alpha() / defaults.rank()), defaults.targets());
    }

    private static Rates rates(Hyperparameters asked, Rates defaults) {
        return new Rates(
                or(asked.learningRate(), defaults.down()),
                or(asked.learningRate(), defaults.up()),
                or(asked.warmup(), defaults.warmupShare()),
                defaults.decay(),
                or(asked.weightDecay(), defaults.weightDecay()),
                defaults.maxGradientNorm());
    }

    private static Schedule schedule(Hyperparameters asked, Schedule defaults) {
        return new Schedule(
                or(asked.epochs(), defaults.epochs()),
                or(asked.batchRows(), defaults.batchRows()),
                or(asked.batchTokens(), defaults.batchTokens()));
    }

    private static Candidates candidates(Hyperparameters asked, Candidates defaults) {
        return new Candidates(or(asked.maxLabels(), defaults.most()), defaults.hardShare(), defaults.noneShare());
    }

    private static Validation validation(Hyperparameters asked, Validation defaults) {
        Integer folds = asked.folds();
        if (folds != null) {
            return folds == 0 ? new Validation.Skipped() : new Validation.CrossFitted(folds);
        }
        Double heldOut = asked.heldOut();
        return heldOut == null ? defaults : LoraDefaults.heldOut(heldOut);
    }

    static <T> T or(@Nullable T given, T otherwise) {
        return given == null ? otherwise : given;
    }
}
