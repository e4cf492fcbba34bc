package dev.taxon.serving.adapter;

import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.AdapterFolder;
import dev.taxon.core.adapter.HeadWeights;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.CheckpointDigest;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.models.BuiltInModels;
import dev.taxon.serving.config.TaxonSettings;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The model that adapters of this process must fit, known by its checkpoint alone: a worker checks what it publishes
 * without a device. Reads all of the checkpoint once, when it is first asked for. Thread-safe.
 */
@Singleton
public final class AdapterBase {
    private final TaxonSettings settings;
    private volatile @Nullable Read read;

    AdapterBase(TaxonSettings settings) {
        this.settings = settings;
    }

    /** The model's name in answers. */
    public String name() {
        return base().name();
    }

    /** Opens the model's checkpoint; the caller closes it. */
    public Checkpoint open() {
        return settings.model().map(Checkpoints::open).orElseGet(BuiltInModels::taxonSmall);
    }

    /** SHA-256 of the model's content. */
    public String digest() {
        return base().digest();
    }

    /**
     * Reads an adapter's folder, checked against the model's shapes.
     *
     * @throws dev.taxon.core.checkpoint.CheckpointException naming what is damaged, not supported or of another base
     */
    public Adapter read(Path folder) {
        return base().folder().read(folder);
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

    private Read base() {
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
