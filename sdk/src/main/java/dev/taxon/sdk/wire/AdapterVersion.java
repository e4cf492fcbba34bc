package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version of an adapter, which never changes.
 *
 * @param adapter the adapter's name
 * @param version its number, from 1
 * @param digest SHA-256 of its content: tensors, configuration, labels, thresholds, temperature and base
 * @param base the model that it changes
 * @param labels the labels that it was trained for; empty where it does not say
 * @param mode whether these exclude each other; absent where it does not say
 * @param bytes of its files
 * @param rank the largest rank of its updates
 * @param metrics how good it is; absent where nobody has measured it
 * @param lineage where it comes from: base, data, hyperparameters, seed, software
 * @param job the job that trained it
 * @param erasedRows rows that it was trained on and that were erased since
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AdapterVersion(
        String adapter,
        int version,
        String digest,
        AdapterBase base,
        List<Label> labels,
        @Nullable Mode mode,
        long bytes,
        int rank,
        @Nullable JsonNode metrics,
        @Nullable JsonNode lineage,
        @Nullable AdapterSource source,
        @Nullable UUID job,
        long erasedRows,
        @Nullable Instant createdAt) {

    public AdapterVersion {
        labels = List.copyOf(labels);
    }
}
