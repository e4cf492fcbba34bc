package dev.taxon.sdk.wire;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Within which bounds hyperparameters make sense: the same for who asks and for who is asked. */
final class HyperparameterRanges {
    private static final double ABOVE_0 = Math.ulp(0);
    private static final double BELOW_1 = Math.nextDown(1.0);

    private HyperparameterRanges() {}

    static Optional<WireFault> fault(Hyperparameters asked) {
        return Stream.of(
                        whole("rank", asked.rank(), 1, 256),
                        within("alpha", asked.alpha(), ABOVE_0, 10_000),
                        within("learning_rate", asked.learningRate(), ABOVE_0, 0.1),
                        whole("epochs", asked.epochs(), 1, 1_000),
                        whole("batch_rows", asked.batchRows(), 1, 512),
                        whole("batch_tokens", asked.batchTokens(), 64, 65_536),
                        whole("max_length", asked.maxLength(), 8, 8_192),
                        whole("max_labels", asked.maxLabels(), 2, 1_000),
                        within("warmup", asked.warmup(), 0, 0.9),
                        within("weight_decay", asked.weightDecay(), 0, 1),
                        folds(asked),
                        within("held_out", asked.heldOut(), ABOVE_0, 0.5),
                        within("kl", asked.kl(), 0, 100),
                        within("entropy", asked.entropy(), 0, 10),
                        within("clip_range", asked.clipRange(), ABOVE_0, BELOW_1))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<WireFault> folds(Hyperparameters asked) {
        Integer folds = asked.folds();
        if (folds == null) {
            return Optional.empty();
        }
        Optional<WireFault> outside = folds == 0 ? Optional.empty() : whole("folds", folds, 2, 10);
        return outside.or(() -> asked.heldOut() == null
                ? Optional.empty()
                : fault("held_out", "Rows are cross-fitted or held out. Send folds or held_out."));
    }

    private static Optional<WireFault> whole(String name, @Nullable Integer value, int least, int most) {
        return value == null || (value >= least && value <= most)
                ? Optional.empty()
                : fault(name, "The number lies between " + least + " and " + most + ".");
    }

    private static Optional<WireFault> within(String name, @Nullable Double value, double least, double most) {
        return value == null || (value >= least && value <= most)
                ? Optional.empty()
                : fault(name, "The number " + bounds(least, most) + ".");
    }

    private static Optional<WireFault> fault(String name, String detail) {
        return Optional.of(new WireFault(ErrorCode.INVALID_REQUEST, name, detail));
    }

    private static String bounds(double least, double most) {
        String lower = least == ABOVE_0 ? "is above 0" : "is at least " + plain(least);
        return lower + (most == BELOW_1 ? " and below 1" : " and at most " + plain(most));
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
