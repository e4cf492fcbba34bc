package dev.taxon.serving.worker;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.adapter.AdapterReference;
import dev.taxon.serving.adapter.AdapterVersionInfo;
import dev.taxon.serving.adapter.AdapterVersions;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.feedback.FeedbackRows;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.training.data.PlainText;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What two versions know beside the rows of their own data: from those that their trainings went on from, and these from
 * those before them, of which they have learned all rows, and from what people said of answers, where any of them learned
 * from it. Thread-safe.
 */
@Singleton
final class EarlierTexts {
    private final TenantTransactions transactions;
    private final AdapterVersions versions;
    private final VersionRows rows;
    private final FeedbackRows feedback;

    EarlierTexts(TenantTransactions transactions, AdapterVersions versions, VersionRows rows, FeedbackRows feedback) {
        this.transactions = transactions;
        this.versions = versions;
        this.rows = rows;
        this.feedback = feedback;
    }

    /**
     * The texts, as {@link PlainText} has them; of versions that were imported none, as nobody here knows what they learned.
     *
     * @throws ProblemException when a version or its rows are not there any more
     */
    Set<String> of(Task task, Predecessor predecessor) throws IOException {
        Sources sources = transactions.in(task.tenant(), () -> sources(task, predecessor));
        Set<String> texts = new HashSet<>();
        for (UUID each : sources.data()) {
            rows.read(task, each, "earlier").forEach(row -> texts.add(PlainText.of(row.text())));
        }
        for (String adapter : sources.judged()) {
            // All that there is now: what was learned may have been judged again since.
            feedback.readTexts(task.tenant(), adapter, Instant.now(), text -> texts.add(PlainText.of(text)));
        }
        return texts;
    }

    /** Where versions have their texts from: versions of data, and what people said of the answers of adapters. */
    private record Sources(Set<UUID> data, Set<String> judged) {}

    private Sources sources(Task task, Predecessor predecessor) {
        Sources sources = new Sources(new LinkedHashSet<>(), new LinkedHashSet<>());
        collect(task.request().from(), sources);
        collect(from(predecessor.version()), sources);
        collectJudged(predecessor.version(), sources);
        if (Boolean.TRUE.equals(task.request().feedback())) {
            sources.judged().add(Objects.requireNonNull(task.request().adapter()));
        }
        return sources;
    }

    /** Ends, as a version goes on from one that was there before it. */
    private void collect(@Nullable String reference, Sources sources) {
        for (String next = reference; next != null; ) {
            AdapterVersionInfo version = require(next);
            if (version.datasetVersion() != null) {
                sources.data().add(version.datasetVersion());
            }
            collectJudged(version, sources);
            next = from(version);
        }
    }

    private static void collectJudged(AdapterVersionInfo version, Sources sources) {
        if (version.lineage().path("request").path("feedback").asBoolean()) {
            sources.judged().add(version.name());
        }
    }

    private static @Nullable String from(AdapterVersionInfo version) {
        return version.lineage().path("request").path("from").textValue();
    }

    private AdapterVersionInfo require(String reference) {
        try {
            return versions.require(AdapterReference.parse(reference, "from"));
        } catch (ProblemException gone) {
            throw new ProblemException(
                    ErrorCode.CONFLICT,
                    "One of both went on from " + reference
                            + ", which is not there any more: nobody knows which rows it had learned.");
        }
    }
}
