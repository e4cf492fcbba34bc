package dev.taxon.core.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;

/**
 * Knows a checkpoint by its content, wherever it lies and whatever it is called: SHA-256, in hexadecimal, over its
 * tensors sorted by name (name, element type, shape, bytes), the canonical JSON of its configuration without the name,
 * and its tokenizer.
 */
public final class CheckpointDigest {
    private static final ObjectMapper CANONICAL =
            new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private CheckpointDigest() {}

    /** Reads all of the checkpoint, which stays open. */
    public static String of(Checkpoint checkpoint) {
        return new ContentDigest()
                .tensors(checkpoint.weights())
                .part(canonicalConfig(checkpoint))
                .part(checkpoint.tokenizerJson().get())
                .hexadecimal();
    }

    private static byte[] canonicalConfig(Checkpoint checkpoint) {
        byte[] written = ConfigWriter.write(checkpoint.config().named(""), checkpoint.base());
        try {
            return CANONICAL.writeValueAsBytes(CANONICAL.readValue(written, Object.class));
        } catch (IOException e) {
            throw new IllegalStateException("What was written as JSON is JSON.", e);
        }
    }
}
