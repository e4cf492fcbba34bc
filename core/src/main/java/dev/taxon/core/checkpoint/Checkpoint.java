package dev.taxon.core.checkpoint;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * A model at rest: configuration, weights and tokenizer.
 *
 * @param tokenizerJson the bytes of tokenizer.json
 * @param base the base encoder that holds what the checkpoint does not ship, if it names one
 */
public record Checkpoint(ModelConfig config, Weights weights, Supplier<byte[]> tokenizerJson, Optional<String> base)
        implements AutoCloseable {

    @Override
    public void close() {
        weights.close();
    }
}
