package dev.taxon.cli.classify;

import dev.taxon.core.CandidateLabel;
import dev.taxon.core.CandidateLabels;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.InputException;
import dev.taxon.core.InputException.Reason;
import dev.taxon.core.Mode;
import dev.taxon.core.OnLong;
import dev.taxon.sdk.wire.ClassifyInput;
import dev.taxon.sdk.wire.Label;
import dev.taxon.sdk.wire.LabelSet;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns inputs of the contract into those of the engine, and refuses what the engine does not do yet. */
record CoreInputs(Defaults defaults) {

    /** Throws {@link InputException} for what is missing or not supported. */
    ClassificationInput from(ClassifyInput input) {
        refuse("prompt", input.prompt());
        refuse("examples", input.examples());
        refuse("retrieved_examples", input.retrievedExamples());
        refuse("adapter", input.adapter());
        Integer topK = input.topK();
        if (topK != null && topK < 1) {
            throw new InputException(Reason.INVALID, "top_k", "top_k is %d; it must be at least 1.".formatted(topK));
        }
        String text = input.text();
        if (text == null) {
            throw new InputException(Reason.INVALID, "text", "text is missing.");
        }
        Double threshold = input.threshold() == null ? defaults.threshold() : input.threshold();
        return new ClassificationInput(
                text, labels(input.labels()), mode(input.mode()), threshold, onLong(input.onLong()), input.maxLength());
    }

    private CandidateLabels labels(@Nullable LabelSet labels) {
        if (labels == null) {
            return CandidateLabels.named(defaults.labels());
        }
        List<Label> flat = flatten(labels);
        for (int position = 0; position < flat.size(); position++) {
            refuse("labels[" + position + "].description", flat.get(position).description());
        }
        return CandidateLabels.of(flat.stream()
                .map(label -> new CandidateLabel(label.name(), label.threshold()))
                .toList());
    }

    private static List<Label> flatten(LabelSet labels) {
        try {
            return labels.flatten();
        } catch (IllegalArgumentException tooLarge) {
            throw new InputException(Reason.LABELS_TOO_LONG, "labels", String.valueOf(tooLarge.getMessage()));
        }
    }

    private Mode mode(dev.taxon.sdk.wire.@Nullable Mode mode) {
        if (mode == null) {
            return defaults.mode();
        }
        return switch (mode) {
            case SINGLE_LABEL -> Mode.SINGLE_LABEL;
            case MULTI_LABEL -> Mode.MULTI_LABEL;
        };
    }

    private static OnLong onLong(dev.taxon.sdk.wire.@Nullable OnLong onLong) {
        if (onLong == null) {
            return OnLong.TRUNCATE;
        }
        return switch (onLong) {
            case TRUNCATE -> OnLong.TRUNCATE;
            case ERROR -> OnLong.ERROR;
            case CHUNK -> throw notSupported("on_long: chunk");
        };
    }

    private static void refuse(String field, @Nullable Object value) {
        boolean says = value instanceof Collection<?> many ? !many.isEmpty() : value != null;
        if (says) {
            throw notSupported(field);
        }
    }

    private static InputException notSupported(String field) {
        return new InputException(Reason.INVALID, field, field + " is not supported yet; leave it out.");
    }
}
