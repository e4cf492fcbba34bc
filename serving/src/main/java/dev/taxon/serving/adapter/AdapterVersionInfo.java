package dev.taxon.serving.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a version beside its weights.
 *
 * @param name the adapter's name
 * @param digest SHA-256 of its content, see {@link dev.taxon.core.adapter.Adapter}
 * @param baseName the name of the model that it was published for
 * @param baseDigest the digest of the base that it says it was trained on; null leaves the base unverified
 * @param labels names, or objects of name and description; empty where it does not say
 * @param mode {@code single-label}, {@code multi-label}, or null where it does not say
 * @param bytes of its files
 * @param rank the largest rank of its updates
 * @param metrics how good it is, as evaluations write it; null where nobody has measured it
 * @param erasedRows rows that it was trained on and that were erased since
 */
public record AdapterVersionInfo(
        UUID id,
        UUID adapter,
        String name,
        int number,
        String digest,
        String baseName,
        @Nullable String baseDigest,
        JsonNode labels,
        @Nullable String mode,
        long bytes,
        int rank,
        @Nullable JsonNode metrics,
        JsonNode lineage,
        String source,
        @Nullable UUID job,
        @Nullable UUID datasetVersion,
        long erasedRows,
        Instant createdAt) {

    /** The digest of the base that it was checked against when it was published, whether or not it says that it is its own. */
    public Optional<String> checkedBase() {
        return Optional.ofNullable(baseDigest)
                .or(() -> Optional.ofNullable(lineage.path("base_digest").textValue()));
    }

    /** Whether a job of this platform trained it. */
    public boolean isOfJob() {
        return source.equals("job");
    }

    /** The version as calls pin it. */
    public AdapterReference reference() {
        return AdapterReference.to(name, number);
    }
}
