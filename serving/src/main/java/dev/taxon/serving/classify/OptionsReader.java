package dev.taxon.serving.classify;

import dev.taxon.core.CandidateLabel;
import dev.taxon.core.CandidateLabels;
import dev.taxon.core.Mode;
import dev.taxon.core.OnLong;
import dev.taxon.sdk.wire.ClassifyInput;
import dev.taxon.sdk.wire.Label;
import dev.taxon.sdk.wire.LabelSet;
import dev.taxon.serving.config.LimitSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Validates the options of an input; every refusal names its place and quotes nothing. */
final class OptionsReader {
    private static final double LOWEST = 0;
    private static final double HIGHEST = 1;

    private final LimitSettings limits;

    OptionsReader(LimitSettings limits) {
        this.limits = limits;
    }

    Options read(Place place, ClassifyInput input) {
        if (input.adapter() != null) {
            throw place.field("adapter").notSupported("This server does not build this field yet. Leave it out.");
        }
        List<Label> labels = labels(place.field("labels"), input.labels());
        checkThreshold(place.field("threshold"), input.threshold());
        checkPositive(place.field("top_k"), input.topK());
        checkPositive(place.field("max_length"), input.maxLength());
        return new Options(
                place,
                CandidateLabels.of(labels.stream()
                        .map(label -> new CandidateLabel(label.name(), label.description(), label.threshold()))
                        .toList()),
                Boolean.TRUE.equals(input.hierarchical()) ? Optional.ofNullable(input.labels()) : Optional.empty(),
                ContextReader.read(place, input),
                mode(input.mode()),
                input.threshold(),
                input.topK(),
                onLong(input.onLong()),
                input.maxLength());
    }

    private List<Label> labels(Place place, @Nullable LabelSet set) {
        if (set == null) {
            throw place.invalid("Labels are missing. Send a list of label names.");
        }
        List<Label> labels = flatten(place, set);
        if (labels.isEmpty() || labels.size() > limits.labels()) {
            throw place.invalid("There are " + labels.size() + " labels. Send 1 to " + limits.labels() + ".");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < labels.size(); i++) {
            check(place.item(i), labels.get(i), seen);
        }
        return labels;
    }

    private static List<Label> flatten(Place place, LabelSet set) {
        try {
            return set.flatten();
        } catch (IllegalArgumentException tooLarge) {
            throw place.invalid(String.valueOf(tooLarge.getMessage()));
        }
    }

    private static void check(Place place, Label label, Set<String> seen) {
        if (label.name().isBlank()) {
            throw place.invalid("A label is blank. Give it a name.");
        }
        Characters.check(place, label.name());
        if (label.description() != null) {
            Characters.check(place.field("description"), label.description());
        }
        if (!seen.add(label.name())) {
            throw place.invalid("This label stands in the list before. Labels are unique.");
        }
        checkThreshold(place.field("threshold"), label.threshold());
    }

    private static void checkThreshold(Place place, @Nullable Double threshold) {
        if (threshold != null && !(threshold >= LOWEST && threshold <= HIGHEST)) {
            throw place.invalid("A threshold is a number from 0 to 1.");
        }
    }

    private static void checkPositive(Place place, @Nullable Integer value) {
        if (value != null && value < 1) {
            throw place.invalid("The number must be at least 1.");
        }
    }

    private static Mode mode(dev.taxon.sdk.wire.@Nullable Mode mode) {
        return mode == dev.taxon.sdk.wire.Mode.MULTI_LABEL ? Mode.MULTI_LABEL : Mode.SINGLE_LABEL;
    }

    private static OnLong onLong(dev.taxon.sdk.wire.@Nullable OnLong onLong) {
        if (onLong == null) {
            return OnLong.TRUNCATE;
        }
        return switch (onLong) {
            case TRUNCATE -> OnLong.TRUNCATE;
            case CHUNK -> OnLong.CHUNK;
            case ERROR -> OnLong.ERROR;
        };
    }
}
