package dev.taxon.serving.model;

import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.AdapterFolder;
import dev.taxon.core.adapter.HeadWeights;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.CheckpointDigest;
import dev.taxon.sdk.wire.ModelState;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A base model at rest, which adapters of it must fit: a worker checks what it publishes without a device. Reads all of the
 * checkpoint once, when it is first asked for what only that tells. Thread-safe.
 */
public final class BaseCheckpoint {
    private final Supplier<Checkpoint> source;
    private final ModelState state;
    private volatile @Nullable Read read;

    BaseCheckpoint(Supplier<Checkpoint> source, ModelState state) {
        this.source = source;
        this.state = state;
    }

    /** Opens the checkpoint; the caller closes it. */
    public Checkpoint open() {
        return source.get();
    }

    /** What may be expected of the base. */
    public ModelState state() {
        return state;
    }

    /** The model's name in answers. */
    public String name() {
        return known().name();
    }

    /** SHA-256 of the model's content. */
    public String digest() {
        return known().digest();
    }

    /**
     * Reads an adapter's folder, checked against the model's shapes.
     *
     * @throws dev.taxon.core.checkpoint.CheckpointException naming what is damaged, not supported or of another base
     */
    public Adapter read(Path folder) {
        return known().folder().read(folder);
    }

    private record Read(String name, String digest, AdapterFolder folder) {

        static Read of(Checkpoint checkpoint) {
            String digest = CheckpointDigest.of(checkpoint);
            return new Read(
                    checkpoint.config().name(),
                    digest,
                    new AdapterFolder(checkpoint.config(), HeadWeights.of(checkpoint), digest));
        }
    }

    private Read known() {
        Read known = read;
        return known == null ? readOnce() : known;
    }

    private synchronized Read readOnce() {
        Read known = read;
        if (known == null) {
            try (Checkpoint checkpoint = open()) {
                known = Read.of(checkpoint);
                read = known;
            }
        }
        return known;
    }
}
