package dev.taxon.core.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Writes a safetensors file whole or not at all: tensors are streamed one by one into a temporary file beside it, which
 * is forced to disk and then renamed over it. The same tensors give the same bytes. Not thread-safe.
 */
public final class SafetensorsWriter {
    private final Map<String, String> metadata;
    private final List<Entry> entries = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private record Entry(TensorInfo info, Supplier<ByteBuffer> bytes) {
        long size() {
            return Math.multiplyExact(info.elements(), info.type().bytes());
        }
    }

    /** A writer that leaves these strings in the header, sorted. */
    public SafetensorsWriter(Map<String, String> metadata) {
        this.metadata = new TreeMap<>(metadata);
    }

    /**
     * Adds a tensor; tensors stand in the file in the order added.
     *
     * @param bytes called once, when the tensor's turn to be written comes; gives its elements, little-endian,
     *     row-major, from position to limit
     */
    public SafetensorsWriter add(TensorInfo info, Supplier<ByteBuffer> bytes) {
        if (info.name().equals(SafetensorsHeader.METADATA) || !names.add(info.name())) {
            throw new IllegalArgumentException("Tensor '%s' cannot be added twice.".formatted(info.name()));
        }
        entries.add(new Entry(info, bytes));
        return this;
    }

    /** Writes the file, replacing one that is there. Throws {@link CheckpointException} when that fails. */
    public void write(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException(file + " is not a file's path.");
        }
        try {
            // Not a temporary file of Java's, which nobody but its owner may read.
            Path temporary =
                    Files.createFile(folder.resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp"));
            try {
                writeTo(temporary);
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
                forceFolder(folder);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new CheckpointException(
                    "%s cannot be written; is the disk full, or the folder read-only?".formatted(file), e);
        }
    }

    private void writeTo(Path temporary) throws IOException {
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            writeFully(channel, header());
            for (Entry entry : entries) {
                ByteBuffer bytes = entry.bytes().get().duplicate();
                if (bytes.remaining() != entry.size()) {
                    throw new IllegalArgumentException("Tensor '%s' of shape %s takes %d bytes, not %d."
                            .formatted(entry.info().name(), entry.info().shape(), entry.size(), bytes.remaining()));
                }
                writeFully(channel, bytes);
            }
            channel.force(true);
        }
    }

    /** Length and JSON, filled with spaces so that the data begin at a multiple of eight bytes. */
    private ByteBuffer header() {
        ObjectNode json = JsonFile.MAPPER.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode strings = json.putObject(SafetensorsHeader.METADATA);
            metadata.forEach(strings::put);
        }
        long offset = 0;
        for (Entry entry : entries) {
            ObjectNode tensor = json.putObject(entry.info().name());
            tensor.put("dtype", entry.info().type().name());
            entry.info().shape().forEach(tensor.putArray("shape")::add);
            tensor.putArray("data_offsets").add(offset).add(offset + entry.size());
            offset += entry.size();
        }
        return padded(json);
    }

    private static ByteBuffer padded(ObjectNode json) {
        try {
            byte[] text = JsonFile.MAPPER.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
            int length = (text.length + 7) / 8 * 8;
            byte[] spaced = Arrays.copyOf(text, length);
            Arrays.fill(spaced, text.length, length, (byte) ' ');
            return ByteBuffer.allocate(SafetensorsHeader.LENGTH_BYTES + length)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(length)
                    .put(spaced)
                    .flip();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of plain values always has a JSON form.", e);
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** A rename is durable only once the folder itself is on disk. */
    private static void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
