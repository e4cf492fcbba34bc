package dev.taxon.serving.dataset;

import dev.taxon.sdk.wire.Dataset;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.NullUnmarked;

/** A row of {@code dataset}: a name under which versions of labelled rows stand. */
@Entity
@Table(name = "dataset")
@NullUnmarked
class DatasetEntity {
    @Id
    UUID id;

    @TenantId
    @Column(name = "tenant_id")
    String tenant;

    String name;

    @Column(name = "created_at")
    Instant createdAt;

    @Formula("(SELECT max(v.number) FROM dataset_version v WHERE v.dataset_id = id AND v.state = 'ready')")
    Integer latest;

    /** For Hibernate. */
    protected DatasetEntity() {}

    DatasetEntity(UUID id, String name, Instant createdAt) {
        this.id = id;
        this.name = name;
        this.createdAt = createdAt;
    }

    Dataset wire() {
        return new Dataset(name, latest, createdAt);
    }
}
