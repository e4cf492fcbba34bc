package dev.taxon.serving.job;

import dev.taxon.sdk.wire.Hyperparameters;
import org.jspecify.annotations.Nullable;

/** Within which bounds hyperparameters make sense. */
final class Ranges {
    private static final String PLACE = "hyperparameters.";

    private Ranges() {}

    static void check(Hyperparameters asked) {
        whole("rank", asked.rank(), 1, 256);
        within("alpha", asked.alpha(), Math.ulp(0), 10_000);
        within("learning_rate", asked.learningRate(), Math.ulp(0), 0.1);
        whole("epochs", asked.epochs(), 1, 1_000);
        whole("batch_rows", asked.batchRows(), 1, 512);
        whole("batch_tokens", asked.batchTokens(), 64, 65_536);
        whole("max_length", asked.maxLength(), 8, 8_192);
        whole("max_labels", asked.maxLabels(), 2, 1_000);
        within("warmup", asked.warmup(), 0, 0.9);
        within("weight_decay", asked.weightDecay(), 0, 1);
        folds(asked);
        within("held_out", asked.heldOut(), Math.ulp(0), 0.5);
        within("kl", asked.kl(), 0, 100);
        within("entropy", asked.entropy(), 0, 10);
        within("clip_range", asked.clipRange(), Math.ulp(0), Math.nextDown(1.0));
    }

    private static void folds(Hyperparameters asked) {
        Integer folds = asked.folds();
        if (folds != null && folds != 0) {
            whole("folds", folds, 2, 10);
        }
        if (folds != null && asked.heldOut() != null) {
            throw Field.invalid(PLACE + "held_out", "Rows are cross-fitted or held out. Send folds or held_out.");
        }
    }

    private static void whole(String name, @Nullable Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            throw Field.invalid(PLACE + name, "The number lies between " + least + " and " + most + ".");
        }
    }

    private static void within(String name, @Nullable Double value, double least, double most) {
        if (value != null && !(value >= least && value <= most)) {
            throw Field.invalid(PLACE + name, "The number " + bounds(least, most) + ".");
        }
    }

    private static String bounds(double least, double most) {
        String lower = least == Math.ulp(0) ? "is above 0" : "is at least " + plain(least);
        return lower + (most < 1 && most > 0.99 ? " and below 1" : " and at most " + plain(most));
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
