package dev.taxon.serving.classify;

import dev.taxon.core.CandidateLabel;
import dev.taxon.core.CandidateLabels;
import dev.taxon.core.Mode;
import dev.taxon.core.OnLong;
import dev.taxon.core.adapter.AdapterSettings;
import dev.taxon.sdk.wire.ClassifyInput;
import dev.taxon.sdk.wire.Label;
import dev.taxon.sdk.wire.LabelSet;
import dev.taxon.serving.config.LimitSettings;
import dev.taxon.serving.deployment.AdmittedAdapter;
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

    /**
     * The options of an input.
     *
     * @param adapters gives the adapter that the input names
     */
    Options read(Place place, ClassifyInput input, RequestAdapters adapters) {
        checkThreshold(place.field("threshold"), input.threshold());
        checkPositive(place.field("top_k"), input.topK());
        checkPositive(place.field("max_length"), input.maxLength());
        Optional<AdmittedAdapter> adapter =
                Optional.ofNullable(input.adapter()).map(name -> adapters.admit(place.field("adapter"), name));
        AdapterSettings own = adapter.map(AdmittedAdapter::settings).orElse(AdapterSettings.NONE);
        boolean ownLabels = input.labels() == null && !own.labels().isEmpty();
        CandidateLabels labels =
                ownLabels ? CandidateLabels.of(own.labels()) : candidates(place.field("labels"), input.labels());
        return new Options(
                place,
                labels,
                ownLabels,
                tree(input, labels),
                ContextReader.read(place, input),
                input.mode() == null ? own.mode().orElse(Mode.SINGLE_LABEL) : mode(input.mode()),
                input.threshold(),
                input.topK(),
                onLong(input.onLong()),
                input.maxLength(),
                adapter);
    }

    /** The adapter's own labels are a list. */
    private static Optional<LabelSet> tree(ClassifyInput input, CandidateLabels labels) {
        return Boolean.TRUE.equals(input.hierarchical())
                ? Optional.of(Optional.ofNullable(input.labels()).orElseGet(() -> LabelSet.of(labels.names())))
                : Optional.empty();
    }

    private CandidateLabels candidates(Place place, @Nullable LabelSet set) {
        return CandidateLabels.of(labels(place, set).stream()
                .map(label -> new CandidateLabel(label.name(), label.description(), label.threshold()))
                .toList());
    }

    private List<Label> labels(Place place, @Nullable LabelSet set) {
        if (set == null) {
            throw place.invalid("Labels are missing. Send a list of label names, or name an adapter that has its own.");
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

    private static Mode mode(dev.taxon.sdk.wire.Mode mode) {
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
