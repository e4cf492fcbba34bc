package dev.taxon.serving.dataset;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The versions of data sets of the tenant that the transaction is of; uploads on their way are none yet. */
@Singleton
class DatasetVersionRepository implements PanacheRepositoryBase<DatasetVersionEntity, UUID> {

    Optional<DatasetVersionEntity> find(UUID dataset, int number) {
        return find("datasetId = ?1 and number = ?2", dataset, number).firstResultOptional();
    }

    Optional<DatasetVersionEntity> latestReady(UUID dataset) {
        return find("datasetId = ?1 and state = 'ready' order by number desc", dataset)
                .firstResultOptional();
    }

    /** The newest that was not refused. */
    Optional<DatasetVersionEntity> latestComing(UUID dataset) {
        return find("datasetId = ?1 and state in ('stored', 'importing', 'ready') order by number desc", dataset)
                .firstResultOptional();
    }

    /** In the order of numbers, up to {@code most} after the one given. */
    List<DatasetVersionEntity> after(UUID dataset, long number, int most) {
        return find("datasetId = ?1 and number > ?2 order by number", dataset, number)
                .range(0, most - 1)
                .list();
    }
}
