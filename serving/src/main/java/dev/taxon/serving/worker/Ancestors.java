package dev.taxon.serving.worker;

import dev.taxon.serving.adapter.AdapterReference;
import dev.taxon.serving.adapter.AdapterVersionInfo;
import dev.taxon.serving.adapter.AdapterVersions;
import dev.taxon.serving.adapter.DeletedVersions;
import dev.taxon.serving.http.ProblemException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The versions that a version went on from, and these from those before them, whether they are still there or not. Inside the
 * caller's tenant transaction. Thread-safe.
 */
@Singleton
final class Ancestors {
    private final AdapterVersions versions;
    private final DeletedVersions deleted;

    Ancestors(AdapterVersions versions, DeletedVersions deleted) {
        this.versions = versions;
        this.deleted = deleted;
    }

    /**
     * One of them, and what it may have learned.
     *
     * @param adapter its name
     * @param from what it went on from; null where it went on from none
     * @param datasetVersion the data that it was trained on; null where it was imported, or its data only judged it
     * @param heldOut how it answered the rows of that data that it did not learn from; empty where it learned all, or nobody
     *     knows which
     * @param feedback whether it may have learned from what people said of the adapter's answers
     */
    record Ancestor(
            String adapter,
            @Nullable String from,
            @Nullable UUID datasetVersion,
            Optional<KeptAnswers> heldOut,
            boolean feedback) {}

    /** From the nearest on; empty where nothing is known of one of them. A version goes on from an earlier one, so it ends. */
    Optional<List<Ancestor>> of(String reference) {
        List<Ancestor> found = new ArrayList<>();
        for (String next = reference; next != null; ) {
            Optional<Ancestor> ancestor = find(AdapterReference.parse(next, "from"));
            if (ancestor.isEmpty()) {
                return Optional.empty();
            }
            found.add(ancestor.get());
            next = ancestor.get().from();
        }
        return Optional.of(found);
    }

    private Optional<Ancestor> find(AdapterReference reference) {
        try {
            return Optional.of(present(versions.require(reference)));
        } catch (ProblemException gone) {
            return reference.number().isEmpty()
                    ? Optional.empty()
                    : deleted.origin(reference.name(), reference.number().getAsInt())
                            .map(origin -> new Ancestor(
                                    reference.name(), origin.from(), origin.datasetVersion(), Optional.empty(), true));
        }
    }

    private Ancestor present(AdapterVersionInfo version) {
        boolean heldOut = version.metrics() != null
                && version.metrics().path("scores").path("kind").asText().equals("held_out");
        boolean feedback = version.lineage().path("request").path("feedback").asBoolean();
        return new Ancestor(
                version.name(),
                version.lineage().path("request").path("from").textValue(),
                version.isOfJob() && !feedback ? version.datasetVersion() : null,
                heldOut ? versions.answers(version.id()).map(KeptAnswers::read) : Optional.empty(),
                feedback);
    }
}
