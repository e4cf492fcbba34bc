package dev.taxon.core.adapter;

import java.util.function.Supplier;

/**
 * Names an adapter whose weights need not be in memory: what asks for it carries this, and the engine reads the weights
 * when they are not on the device yet.
 *
 * @param digest SHA-256 of its content, by which caches know it, so that a name used again can never serve stale weights
 * @param source reads the weights; called on the thread of whoever first needs them, and again after they were dropped
 */
public record AdapterReference(String digest, AdapterSettings settings, Supplier<Adapter> source) {

    /** The weights, which must be those of the digest. */
    public Adapter read() {
        Adapter adapter = source.get();
        if (!adapter.digest().equals(digest)) {
            throw new IllegalStateException("The adapter %s was replaced by %s where it is kept; refer to it anew."
                    .formatted(digest, adapter.digest()));
        }
        return adapter;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AdapterReference that && digest.equals(that.digest);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return "AdapterReference[" + digest + "]";
    }
}
