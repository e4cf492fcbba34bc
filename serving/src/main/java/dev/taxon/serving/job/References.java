package dev.taxon.serving.job;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.JobKind;
import dev.taxon.sdk.wire.JobRequest;
import dev.taxon.serving.adapter.AdapterReference;
import dev.taxon.serving.adapter.AdapterVersionInfo;
import dev.taxon.serving.adapter.AdapterVersions;
import dev.taxon.serving.adapter.VersionBases;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.dataset.DatasetVersions;
import dev.taxon.serving.http.ProblemException;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a request names, and pins it: a job reads the version that stood when it was asked for, however long it waits.
 * Within the caller's tenant transaction. Thread-safe.
 */
@Singleton
final class References {
    private static final String NUMBER = "SELECT number FROM dataset_version WHERE id = ?";

    private final DatasetVersions datasets;
    private final AdapterVersions adapters;
    private final VersionBases bases;
    private final TenantTransactions transactions;

    References(
            DatasetVersions datasets, AdapterVersions adapters, VersionBases bases, TenantTransactions transactions) {
        this.datasets = datasets;
        this.adapters = adapters;
        this.bases = bases;
        this.transactions = transactions;
    }

    /** A request without anything that may come to mean something else. */
    record Resolved(JobRequest request, @Nullable UUID datasetVersion) {}

    /** Whether the tenant has no adapter of this name yet. */
    boolean isNew(String adapter) {
        return transactions
                .sql(connection ->
                        Sql.first(connection, "SELECT 1 FROM adapter WHERE name = ?", row -> row.getInt(1), adapter))
                .isEmpty();
    }

    /** The version that training goes on from, as resolve pinned it. */
    AdapterVersionInfo start(String pinned) {
        return adapter(pinned, "from");
    }

    Resolved resolve(JobRequest request, JobKind kind) {
        JobRequest pinned = withAdapters(request, kind);
        String dataset = request.dataset();
        if (dataset == null) {
            return new Resolved(pinned, null);
        }
        UUID version = coming(dataset, request.version());
        JobRequest whole = pinned.toBuilder()
                .version(number(version))
                .compareOn(judges(request))
                .build();
        return new Resolved(whole, version);
    }

    private UUID coming(String dataset, @Nullable Integer asked) {
        if (asked == null) {
            return at("dataset", () -> datasets.requireComing(dataset, DatasetVersions.LATEST));
        }
        at("dataset", () -> datasets.requireKnown(dataset));
        return at("version", () -> datasets.requireComing(dataset, asked));
    }

    /** What is not there, or cannot be used, is told with the field that names it. */
    static <T> T at(String field, Supplier<T> look) {
        try {
            return look.get();
        } catch (ProblemException problem) {
            throw problem.at(field);
        }
    }

    private AdapterVersionInfo adapter(String reference, String field) {
        return at(field, () -> adapters.require(AdapterReference.parse(reference, field)));
    }

    private int number(UUID datasetVersion) {
        return transactions
                .sql(connection -> Sql.first(connection, NUMBER, row -> row.getInt(1), datasetVersion))
                .orElseThrow();
    }

    /** The version of the dataset that is to tell which is better. */
    private @Nullable String judges(JobRequest request) {
        if (request.compareOn() == null) {
            return null;
        }
        AdapterReference named = AdapterReference.parse(request.compareOn(), "compare_on");
        int asked = named.number().orElse(DatasetVersions.LATEST);
        UUID version = at("compare_on", () -> datasets.requireReady(named.name(), asked));
        return AdapterReference.to(named.name(), number(version)).toString();
    }

    private JobRequest withAdapters(JobRequest request, JobKind kind) {
        if (kind == JobKind.LORA || kind == JobKind.PPO) {
            return request.toBuilder().from(start(request, kind)).build();
        }
        String adapter = request.adapter();
        if (adapter == null) {
            return request;
        }
        AdapterVersionInfo found = adapter(adapter, "adapter");
        at("adapter", () -> bases.require(found));
        return request.toBuilder().adapter(found.reference().toString()).build();
    }

    private @Nullable String start(JobRequest request, JobKind kind) {
        if (request.from() != null) {
            return start(request.from(), "from");
        }
        return kind == JobKind.PPO ? active(String.valueOf(request.adapter())).orElse(null) : null;
    }

    private String start(String reference, String at) {
        AdapterVersionInfo found = adapter(reference, at);
        if (!bases.isOfCurrent(found)) {
            throw new ProblemException(
                            ErrorCode.CONFLICT,
                            "Training is on the base model " + bases.nameOfCurrent() + " and cannot go on from "
                                    + found.reference() + ", which belongs to " + found.baseName()
                                    + ". Train that again first, and send the version that comes of it as from.")
                    .at(at);
        }
        return found.reference().toString();
    }

    /** Rewards sharpen what is there, where something is. */
    private Optional<String> active(String adapter) {
        try {
            return Optional.of(start(adapter, "adapter"));
        } catch (ProblemException problem) {
            if (problem.problem()
                    .errorCode()
                    .filter(ErrorCode.NOT_FOUND::equals)
                    .isPresent()) {
                return Optional.empty();
            }
            throw problem;
        }
    }
}
