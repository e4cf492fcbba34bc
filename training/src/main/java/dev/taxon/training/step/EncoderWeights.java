package dev.taxon.training.step;

import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.TensorInfo;
import dev.taxon.core.checkpoint.Weights;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.stream.Collectors;

/** A checkpoint's weights without its heads' corrections, so that training starts those anew. */
public final class EncoderWeights implements Weights {
    private final Weights weights;

    private EncoderWeights(Weights weights) {
        this.weights = weights;
    }

    /** The same checkpoint with the corrections left out; closing it closes the one given. */
    public static Checkpoint of(Checkpoint checkpoint) {
        return new Checkpoint(
                checkpoint.config(),
                new EncoderWeights(checkpoint.weights()),
                checkpoint.tokenizerJson(),
                checkpoint.base());
    }

    @Override
    public Set<String> names() {
        return weights.names().stream()
                .filter(name -> !HeadInitializer.isCorrection(name))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public TensorInfo info(String name) {
        return weights.info(name);
    }

    @Override
    public ByteBuffer bytes(String name) {
        return weights.bytes(name);
    }

    @Override
    public void close() {
        weights.close();
    }
}
