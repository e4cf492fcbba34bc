package dev.taxon.training.step;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.ConfigWriter;
import dev.taxon.core.checkpoint.TensorInfo;
import dev.taxon.core.checkpoint.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeSet;

/**
 * Knows a checkpoint by its content, wherever it lies and whatever it is called: SHA-256, in hexadecimal, over its
 * tensors sorted by name (name, element type, shape, bytes), the canonical JSON of its configuration without the name,
 * and its tokenizer.
 */
public final class CheckpointDigest {
    private static final ObjectMapper CANONICAL =
            new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private final MessageDigest digest = sha256();

    private CheckpointDigest() {}

    /** Reads all of the checkpoint, which stays open. */
    public static String of(Checkpoint checkpoint) {
        CheckpointDigest digest = new CheckpointDigest();
        digest.addTensors(checkpoint.weights());
        digest.add(canonicalConfig(checkpoint));
        digest.add(checkpoint.tokenizerJson().get());
        return HexFormat.of().formatHex(digest.digest.digest());
    }

    private void addTensors(Weights weights) {
        for (String name : new TreeSet<>(weights.names())) {
            TensorInfo info = weights.info(name);
            add(name.getBytes(StandardCharsets.UTF_8));
            add((info.type() + " " + info.shape()).getBytes(StandardCharsets.UTF_8));
            add(weights.bytes(name));
        }
    }

    private void add(byte[] part) {
        add(ByteBuffer.wrap(part));
    }

    /** The length stands before each part, so that no two sequences of parts read alike. */
    private void add(ByteBuffer part) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(part.remaining()).flip());
        digest.update(part);
    }

    private static byte[] canonicalConfig(Checkpoint checkpoint) {
        byte[] written = ConfigWriter.write(checkpoint.config().named(""), checkpoint.base());
        try {
            return CANONICAL.writeValueAsBytes(CANONICAL.readValue(written, Object.class));
        } catch (IOException e) {
            throw new IllegalStateException("What was written as JSON is JSON.", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
