package dev.taxon.serving.classify;

import dev.taxon.core.CandidateLabel;
import dev.taxon.core.CandidateLabels;
import dev.taxon.core.Mode;
import dev.taxon.core.OnLong;
import dev.taxon.sdk.wire.ClassifyInput;
import dev.taxon.sdk.wire.Label;
import dev.taxon.sdk.wire.LabelList;
import dev.taxon.sdk.wire.LabelSet;
import dev.taxon.serving.config.LimitSettings;
import java.util.HashSet;
import java.util.List;
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
        refuseLater(place, input);
        List<Label> labels = labels(place.field("labels"), input.labels());
        checkThreshold(place.field("threshold"), input.threshold());
        checkPositive(place.field("top_k"), input.topK());
        checkPositive(place.field("max_length"), input.maxLength());
        return new Options(
                place,
                CandidateLabels.of(labels.stream()
                        .map(label -> new CandidateLabel(label.name(), label.threshold()))
                        .toList()),
                mode(input.mode()),
                input.threshold(),
                input.topK(),
                onLong(place.field("on_long"), input.onLong()),
                input.maxLength());
    }

    private static void refuseLater(Place place, ClassifyInput input) {
        refuse(place.field("prompt"), input.prompt() != null);
        refuse(place.field("examples"), input.examples() != null);
        refuse(place.field("retrieved_examples"), input.retrievedExamples() != null);
        refuse(place.field("adapter"), input.adapter() != null);
        refuse(place.field("hierarchical"), Boolean.TRUE.equals(input.hierarchical()));
    }

    private static void refuse(Place place, boolean present) {
        if (present) {
            throw place.notSupported("This server does not build this field yet. Leave it out.");
        }
    }

    private List<Label> labels(Place place, @Nullable LabelSet set) {
        if (set == null) {
            throw place.invalid("Labels are missing. Send a list of label names.");
        }
        if (!(set instanceof LabelList list)) {
            throw place.notSupported("This server does not build labels as a tree yet. Send a list.");
        }
        List<Label> labels = list.labels();
        if (labels.isEmpty() || labels.size() > limits.labels()) {
            throw place.invalid("There are " + labels.size() + " labels. Send 1 to " + limits.labels() + ".");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < labels.size(); i++) {
            check(place.item(i), labels.get(i), seen);
        }
        return labels;
    }

    private static void check(Place place, Label label, Set<String> seen) {
        if (label.description() != null) {
            throw place.field("description")
                    .notSupported("This server does not build label descriptions yet. Leave them out.");
        }
        if (label.name().isBlank()) {
            throw place.invalid("A label is blank. Give it a name.");
        }
        Characters.check(place, label.name());
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

    private static OnLong onLong(Place place, dev.taxon.sdk.wire.@Nullable OnLong onLong) {
        if (onLong == dev.taxon.sdk.wire.OnLong.CHUNK) {
            throw place.notSupported("This server does not build chunking yet. Use truncate or error.");
        }
        return onLong == dev.taxon.sdk.wire.OnLong.ERROR ? OnLong.ERROR : OnLong.TRUNCATE;
    }
}
