package dev.taxon.serving.model;

import dev.taxon.core.torch.NativeCalls;
import dev.taxon.serving.batching.Deadline;
import dev.taxon.serving.batching.OverloadedException;
import dev.taxon.serving.batching.Share;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/**
 * The base models that answer here, loaded when this is first asked for and freed when the process stops. Each has native
 * memory and caches of its own; the device, and the queue before it, they share. Thread-safe.
 */
@Singleton
public final class Bases {
    private final List<Base> all = new ArrayList<>();

    /** What has come when the process is told to stop is answered first. */
    private final NativeCalls.Hold hold = NativeCalls.hold();

    Bases(BaseCheckpoints checkpoints, BaseOpener opener) {
        try {
            checkpoints.requireDistinct();
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
     * Refuses so many texts when they could not be scored in time, before it is known which base they are for: all wait for
     * the same device.
     *
     * @throws OverloadedException when rows would be refused now
     */
    public void refuseWhenFull(int texts, Share share, Deadline deadline) {
        current().batcher().refuseWhenFull(texts, share, deadline);
    }

    @PreDestroy
    void close() {
        try (hold) {
            all.forEach(base -> base.batcher().close());
            all.forEach(base -> base.classifier().close());
        }
    }
}
