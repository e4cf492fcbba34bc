package dev.taxon.serving.dataset;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.NullUnmarked;

/** A row of {@code dataset_version}, to be read; its states change by statements, each from the one before. */
@Entity
@Immutable
@Table(name = "dataset_version")
@NullUnmarked
class DatasetVersionEntity {
    @Id
    UUID id;

    @TenantId
    @Column(name = "tenant_id")
    String tenant;

    @Column(name = "dataset_id")
    UUID datasetId;

    /** Null while the file is on its way. */
    Integer number;

    String state;
    String source;
    String format;
    long bytes;
    byte[] sha256;

    @Column(name = "row_count")
    Long rows;

    /** JSON of a problem; null unless refused. */
    String problem;

    @Column(name = "import_job")
    UUID importJob;

    @Column(name = "created_at")
    Instant createdAt;

    /** For Hibernate. */
    protected DatasetVersionEntity() {}
}
