package dev.taxon.serving.model;

import dev.taxon.serving.batching.Deadline;
import dev.taxon.serving.batching.OverloadedException;
import dev.taxon.serving.batching.Share;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The base models that answer here, loaded when this is first asked for and freed when the process stops. Each has native
 * memory, caches and a queue of its own. Thread-safe.
 */
@Singleton
public final class Bases {
    private final List<Base> all = new ArrayList<>();

    Bases(BaseCheckpoints checkpoints, BaseOpener opener) {
        checkpoints.requireDistinct();
        try {
            checkpoints.all().forEach(checkpoint -> all.add(opener.open(checkpoint)));
        } catch (RuntimeException | Error failure) {
            close();
            throw failure;
        }
    }

    /** The one that answers where no adapter says otherwise. */
    public Base current() {
        return all.get(0);
    }

    /** All of them, the current one first. */
    public List<Base> all() {
        return List.copyOf(all);
    }

    /** The one that was loaded from a checkpoint. */
    public Base of(BaseCheckpoint checkpoint) {
        return all.stream()
                .filter(base -> base.checkpoint() == checkpoint)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("A checkpoint of other settings was asked for."));
    }

    /**
     * Refuses what no base could score in time however little work it were, before it is known which one it is for.
     *
     * @throws OverloadedException when rows for any of them would be refused now
     */
    public void refuseWhenFull(Share share, Deadline deadline) {
        OverloadedException refusal = null;
        for (Base base : all) {
            try {
                base.batcher().refuseWhenFull(share, deadline);
                return;
            } catch (OverloadedException full) {
                refusal = full;
            }
        }
        throwIfPresent(refusal);
    }

    private static void throwIfPresent(@Nullable OverloadedException refusal) {
        if (refusal != null) {
            throw refusal;
        }
    }

    @PreDestroy
    void close() {
        all.forEach(base -> base.batcher().close());
        all.forEach(base -> base.classifier().close());
    }
}
