package dev.taxon.serving.deployment;

import dev.taxon.core.CandidateLabel;
import dev.taxon.core.CandidateLabels;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.Mode;
import dev.taxon.core.OnLong;
import dev.taxon.core.TaskContext;
import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.serving.adapter.AdapterContents;
import dev.taxon.serving.http.CurrentDeadline;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Makes a version answer its first call as fast as any other: its weights come onto the device, and what the model keeps of
 * its labels is computed, by scoring one word in a batch with what others ask for. Blocks, but not beyond the deadline of the call that the thread
 * answers. Thread-safe.
 */
@Singleton
final class Warming {
    private static final CandidateLabels ANY = CandidateLabels.named(List.of("any"));

    private final AdapterContents contents;
    private final CurrentDeadline deadline;

    Warming(AdapterContents contents, CurrentDeadline deadline) {
        this.contents = contents;
        this.deadline = deadline;
    }

    void warm(ServedVersion version) {
        List<CandidateLabel> labels = version.settings().labels();
        EncodedInput input = version.base()
                .classifier()
                .encode(new ClassificationInput(
                        "warm",
                        labels.isEmpty() ? ANY : CandidateLabels.of(labels),
                        TaskContext.NONE,
                        version.settings().mode().orElse(Mode.SINGLE_LABEL),
                        null,
                        OnLong.TRUNCATE,
                        null,
                        version.reference(contents)));
        deadline.bound(version.base().batcher().submit(List.of(input), deadline.get()))
                .join();
    }
}
