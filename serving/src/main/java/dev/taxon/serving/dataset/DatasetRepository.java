package dev.taxon.serving.dataset;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The data sets of the tenant that the transaction is of. */
@Singleton
class DatasetRepository implements PanacheRepositoryBase<DatasetEntity, UUID> {

    Optional<DatasetEntity> findByName(String name) {
        return find("name", name).firstResultOptional();
    }

    /** In the order of names, up to {@code most} after the one given. */
    List<DatasetEntity> after(@Nullable String name, int most) {
        return find("name > ?1 order by name", name == null ? "" : name)
                .range(0, most - 1)
                .list();
    }
}
