package dev.taxon.serving.dataset;

import dev.taxon.sdk.wire.Dataset;
import dev.taxon.sdk.wire.DatasetVersion;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.NewDataset;
import dev.taxon.sdk.wire.Page;
import dev.taxon.serving.audit.Audit;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.database.Violation;
import dev.taxon.serving.http.PageRequest;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.serving.http.ResourceName;
import dev.taxon.serving.idempotency.CreatedAnswers;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;

/** A tenant's data sets and what is known of their versions. Each method is a transaction of its own. Thread-safe. */
@Singleton
final class Datasets {
    private final TenantTransactions transactions;
    private final DatasetFinder finder;
    private final DatasetRepository datasets;
    private final DatasetVersionRepository versions;
    private final Audit audit;
    private final CreatedAnswers answers;

    Datasets(
            TenantTransactions transactions,
            DatasetFinder finder,
            DatasetRepository datasets,
            DatasetVersionRepository versions,
            Audit audit,
            CreatedAnswers answers) {
        this.transactions = transactions;
        this.finder = finder;
        this.datasets = datasets;
        this.versions = versions;
        this.audit = audit;
        this.answers = answers;
    }

    Dataset create(UUID tenant, NewDataset request) {
        String name = ResourceName.check(request.name(), "name");
        DatasetEntity entity =
                new DatasetEntity(UUID.randomUUID(), name, Instant.now().truncatedTo(ChronoUnit.MICROS));
        try {
            return transactions.in(tenant, () -> {
                datasets.persistAndFlush(entity);
                audit.record("dataset.create", name);
                return answers.keep(entity.wire());
            });
        } catch (ConstraintViolationException refused) {
            throw Violation.of(refused).filter(Violation.UNIQUE::equals).isPresent() ? taken() : refused;
        }
    }

    private static ProblemException taken() {
        return new ProblemException(
                ErrorCode.CONFLICT, "There is a data set of this name. Add a version to it, or choose another name.");
    }

    Page<Dataset> list(UUID tenant, PageRequest page) {
        List<Dataset> found = transactions.in(
                tenant,
                () -> datasets.after(page.after(), page.limit() + 1).stream()
                        .map(DatasetEntity::wire)
                        .toList());
        return page.page(found, Dataset::name);
    }

    Dataset get(UUID tenant, String name) {
        return transactions.in(tenant, () -> finder.require(name).wire());
    }

    Page<DatasetVersion> versions(UUID tenant, String name, PageRequest page) {
        long after = page.afterNumber();
        List<DatasetVersion> found = transactions.in(
                tenant,
                () -> versions.after(finder.require(name).id, after, page.limit() + 1).stream()
                        .map(version -> VersionView.of(name, version))
                        .toList());
        return page.page(found, version -> Integer.toString(version.version()));
    }

    DatasetVersion version(UUID tenant, String name, int number) {
        return transactions.in(tenant, () -> VersionView.of(name, finder.requireVersion(name, number)));
    }
}
