package dev.taxon.core.checkpoint;

import java.nio.ByteBuffer;
import java.util.Set;

/**
 * Named tensors of a checkpoint, read on demand. Thread-safe for reading. Closing ends reading; buffers handed out
 * before stay usable, and what is mapped for them goes back to the system when the last is collected.
 */
public interface Weights extends AutoCloseable {

    Set<String> names();

    /** Throws {@link CheckpointException} naming the tensor when there is none of that name. */
    TensorInfo info(String name);

    /** The tensor's elements, little-endian, row-major, read-only, from position 0 to the limit. */
    ByteBuffer bytes(String name);

    @Override
    void close();
}
