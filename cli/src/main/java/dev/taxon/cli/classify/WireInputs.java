package dev.taxon.cli.classify;

import dev.taxon.core.CandidateLabel;
import dev.taxon.core.CandidateLabels;
import dev.taxon.core.Example;
import dev.taxon.core.InputException;
import dev.taxon.core.InputException.Reason;
import dev.taxon.core.Mode;
import dev.taxon.core.OnLong;
import dev.taxon.core.RetrievedExample;
import dev.taxon.core.TaskContext;
import dev.taxon.sdk.wire.ClassifyInput;
import dev.taxon.sdk.wire.LabelSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The engine's words for those of the wire. */
final class WireInputs {
    private WireInputs() {}

    static CandidateLabels labels(LabelSet labels) {
        try {
            return CandidateLabels.of(labels.flatten().stream()
                    .map(label -> new CandidateLabel(label.name(), label.description(), label.threshold()))
                    .toList());
        } catch (IllegalArgumentException tooLarge) {
            throw new InputException(Reason.LABELS_TOO_LONG, "labels", String.valueOf(tooLarge.getMessage()));
        }
    }

    static TaskContext context(ClassifyInput input) {
        List<dev.taxon.sdk.wire.Example> examples = input.examples() == null ? List.of() : input.examples();
        List<dev.taxon.sdk.wire.RetrievedExample> retrieved =
                input.retrievedExamples() == null ? List.of() : input.retrievedExamples();
        return new TaskContext(
                input.prompt() == null ? "" : input.prompt(),
                examples.stream()
                        .map(example -> new Example(example.text(), example.labels()))
                        .toList(),
                retrieved.stream()
                        .map(example ->
                                new RetrievedExample(example.text(), example.trueLabels(), example.falseLabels()))
                        .toList());
    }

    static Mode mode(dev.taxon.sdk.wire.Mode mode) {
        return switch (mode) {
            case SINGLE_LABEL -> Mode.SINGLE_LABEL;
            case MULTI_LABEL -> Mode.MULTI_LABEL;
        };
    }

    static OnLong onLong(dev.taxon.sdk.wire.@Nullable OnLong onLong) {
        if (onLong == null) {
            return OnLong.TRUNCATE;
        }
        return switch (onLong) {
            case TRUNCATE -> OnLong.TRUNCATE;
            case ERROR -> OnLong.ERROR;
            case CHUNK -> OnLong.CHUNK;
        };
    }
}
