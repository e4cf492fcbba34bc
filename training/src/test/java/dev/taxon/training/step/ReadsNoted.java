package dev.taxon.training.step;

import dev.taxon.core.checkpoint.TensorInfo;
import dev.taxon.core.checkpoint.Weights;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Weights of another, which note what is read of them. */
final class ReadsNoted implements Weights {
    private final Weights weights;
    final List<String> read = new ArrayList<>();

    ReadsNoted(Weights weights) {
        this.weights = weights;
    }

    @Override
    public Set<String> names() {
        return weights.names();
    }

    @Override
    public TensorInfo info(String name) {
        return weights.info(name);
    }

    @Override
    public ByteBuffer bytes(String name) {
        read.add(name);
        return weights.bytes(name);
    }

    @Override
    public void close() {
        weights.close();
    }
}
