package dev.taxon.serving.adapter;

import dev.taxon.serving.model.BaseCheckpoint;
import java.util.UUID;

/**
 * What is stored of a version's weights, and what must come out when it is read.
 *
 * @param name as calls pin the version, {@code support@3}
 * @param digest SHA-256 of its content, as it was when it was published
 * @param base the model to read it for
 * @param fits whether this very base has read it before, when it was published or later: if it cannot now, it is damaged
 */
public record StoredContent(UUID tenant, UUID version, String name, String digest, BaseCheckpoint base, boolean fits) {

    /** The content of a version, to be read for a base. */
    public static StoredContent of(UUID tenant, AdapterVersionInfo version, BaseCheckpoint base) {
        return new StoredContent(
                tenant,
                version.id(),
                version.reference().toString(),
                version.digest(),
                base,
                version.checkedBase().filter(base.digest()::equals).isPresent());
    }
}
