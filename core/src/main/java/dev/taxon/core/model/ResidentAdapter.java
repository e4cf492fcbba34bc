package dev.taxon.core.model;

import ai.djl.pytorch.jni.IValue;

/**
 * An adapter on the device, laid out as the model's program reads it. Owns its tensors until closed; whoever closes it
 * knows that no pass uses it any more. Several passes may read it at once.
 *
 * @param tensors three tensors a linear layer of the model; see {@code lora.py}
 * @param shape what adapters that run in one product have in common
 * @param bytes what its tensors take on the device
 */
public record ResidentAdapter(String digest, IValue tensors, AdapterShape shape, long bytes) implements AutoCloseable {

    @Override
    public void close() {
        tensors.close();
    }

    @Override
    public String toString() {
        return "ResidentAdapter[%s, %d bytes]".formatted(digest, bytes);
    }
}
