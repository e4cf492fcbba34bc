package dev.taxon.core.checkpoint;

import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;

/** A checkpoint's own tensors over those of the base it was trained from; where both have one, its own wins. */
final class LayeredWeights implements Weights {
    private final Weights own;
    private final Weights base;

    LayeredWeights(Weights own, Weights base) {
        this.own = own;
        this.base = base;
    }

    @Override
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>(own.names());
        names.addAll(base.names());
        return names;
    }

    @Override
    public TensorInfo info(String name) {
        return layer(name).info(name);
    }

    @Override
    public ByteBuffer bytes(String name) {
        return layer(name).bytes(name);
    }

    @Override
    public void close() {
        try (base) {
            own.close();
        }
    }

    private Weights layer(String name) {
        return own.names().contains(name) || !base.names().contains(name) ? own : base;
    }
}
