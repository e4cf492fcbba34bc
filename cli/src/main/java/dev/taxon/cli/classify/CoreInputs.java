package dev.taxon.cli.classify;

import dev.taxon.core.CandidateLabels;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.InputException;
import dev.taxon.core.InputException.Reason;
import dev.taxon.core.Mode;
import dev.taxon.core.adapter.AdapterReference;
import dev.taxon.core.adapter.AdapterSettings;
import dev.taxon.sdk.wire.ClassifyInput;
import dev.taxon.sdk.wire.LabelSet;
import org.jspecify.annotations.Nullable;

/** Turns inputs of the contract into those of the engine. */
record CoreInputs(Defaults defaults, Adapters adapters) {

    /** Throws {@link InputException} for what is missing or not known. */
    ClassificationInput from(ClassifyInput input) {
        Integer topK = input.topK();
        if (topK != null && topK < 1) {
            throw new InputException(Reason.INVALID, "top_k", "top_k is %d; it must be at least 1.".formatted(topK));
        }
        String text = input.text();
        if (text == null) {
            throw new InputException(Reason.INVALID, "text", "text is missing.");
        }
        AdapterReference adapter = adapter(input.adapter());
        AdapterSettings settings = adapter == null ? AdapterSettings.NONE : adapter.settings();
        Double threshold = input.threshold() == null ? defaults.threshold() : input.threshold();
        return new ClassificationInput(
                text,
                labels(input, settings),
                WireInputs.context(input),
                mode(input.mode(), settings),
                threshold,
                WireInputs.onLong(input.onLong()),
                input.maxLength(),
                adapter);
    }

    private @Nullable AdapterReference adapter(@Nullable String name) {
        if (name == null) {
            return adapters.others().orElse(null);
        }
        AdapterReference known = adapters.named().get(name);
        if (known == null) {
            throw new InputException(
                    Reason.INVALID,
                    "adapter",
                    "adapter is none of those that --adapter gives; add it there, as NAME=DIR.");
        }
        return known;
    }

    private boolean onlyNamed() {
        return adapters.others().isEmpty() && !adapters.named().isEmpty();
    }

    private CandidateLabels labels(ClassifyInput input, AdapterSettings settings) {
        LabelSet labels = input.labels();
        if (labels != null) {
            return WireInputs.labels(labels);
        }
        if (defaults.labels().isEmpty() && input.adapter() == null && onlyNamed()) {
            throw new InputException(
                    Reason.INVALID,
                    "labels",
                    "labels is empty, and no adapter is named; name one of --adapter NAME=DIR, or give --adapter DIR"
                            + " without a name for all that name none.");
        }
        return defaults.labels().isEmpty()
                ? CandidateLabels.of(settings.labels())
                : CandidateLabels.named(defaults.labels());
    }

    private Mode mode(dev.taxon.sdk.wire.@Nullable Mode mode, AdapterSettings settings) {
        return mode == null ? defaults.mode().or(settings::mode).orElse(Mode.SINGLE_LABEL) : WireInputs.mode(mode);
    }
}
