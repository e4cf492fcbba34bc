package dev.taxon.serving.deployment;

import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.AdapterReference;
import dev.taxon.core.adapter.AdapterSettings;
import dev.taxon.serving.adapter.AdapterContents;
import dev.taxon.serving.adapter.AdapterVersionInfo;
import dev.taxon.serving.adapter.StoredContent;
import dev.taxon.serving.model.Base;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A version that was loaded on this node before, so that what it says beside its weights is known.
 *
 * @param name as calls pin it, {@code support@3}
 * @param base the model that it belongs to
 */
record ServedVersion(
        UUID tenant, UUID id, int number, String name, String digest, AdapterSettings settings, Base base) {

    static ServedVersion of(UUID tenant, AdapterVersionInfo version, Adapter adapter, Base base) {
        return new ServedVersion(
                tenant,
                version.id(),
                version.number(),
                version.reference().toString(),
                adapter.digest(),
                adapter.settings(),
                base);
    }

    /** What one request carries; it loads the weights where they are not on the device. */
    AdapterReference reference(AdapterContents contents) {
        return new AdapterReference(digest, settings, new Weights(this, contents));
    }

    /** This node has read it for its base before, or it would not be known here. */
    private StoredContent stored() {
        return new StoredContent(tenant, id, name, digest, base.checkpoint(), true);
    }

    /**
     * The weights for one request. Once read they are kept for as long as the request is, so that a batch that needs them
     * again need not read them from the database.
     */
    private static final class Weights implements Supplier<Adapter> {
        private final ServedVersion version;
        private final AdapterContents contents;
        private volatile @Nullable Adapter adapter;

        Weights(ServedVersion version, AdapterContents contents) {
            this.version = version;
            this.contents = contents;
        }

        @Override
        public Adapter get() {
            Adapter known = adapter;
            if (known == null) {
                known = contents.get(version.stored());
                adapter = known;
            }
            return known;
        }
    }
}
