package dev.taxon.serving.worker;

import dev.taxon.core.CandidateLabel;
import dev.taxon.core.CandidateLabels;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.Mode;
import dev.taxon.core.OnLong;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.AdapterSettings;
import dev.taxon.sdk.wire.JobRequest;
import dev.taxon.sdk.wire.LabelSet;
import dev.taxon.training.data.Example;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How each of a job's texts is classified.
 *
 * @param adapter whose answers they are; empty for the model's own
 * @param labels those of all rows; empty where each row brings its own
 */
record BulkInputs(Optional<Adapter> adapter, Optional<CandidateLabels> labels, Mode mode) {

    /** What was asked for, or else the adapter's own, or else what the data set offers its row. */
    static BulkInputs of(JobRequest request, Optional<Adapter> adapter) {
        AdapterSettings settings = adapter.map(Adapter::settings).orElse(AdapterSettings.NONE);
        return new BulkInputs(
                adapter,
                labels(request.labels(), settings),
                Optional.ofNullable(request.mode())
                        .map(Modes::ofWire)
                        .or(settings::mode)
                        .orElse(Mode.SINGLE_LABEL));
    }

    private static Optional<CandidateLabels> labels(@Nullable LabelSet asked, AdapterSettings settings) {
        if (asked != null) {
            return Optional.of(CandidateLabels.of(asked.flatten().stream()
                    .map(label -> new CandidateLabel(label.name(), label.description(), label.threshold()))
                    .toList()));
        }
        return settings.labels().isEmpty() ? Optional.empty() : Optional.of(CandidateLabels.of(settings.labels()));
    }

    ClassificationInput input(Example row) {
        ClassificationInput input = new ClassificationInput(
                row.text(), labels.orElseGet(() -> own(row)), mode, null, OnLong.TRUNCATE, null);
        return adapter.map(found -> input.withAdapter(found.reference())).orElse(input);
    }

    private static CandidateLabels own(Example row) {
        if (row.allLabels().isEmpty()) {
            throw new IllegalSettings(
                    "Neither the request nor the adapter has labels. Send the labels to choose from.");
        }
        return CandidateLabels.named(row.allLabels());
    }
}
