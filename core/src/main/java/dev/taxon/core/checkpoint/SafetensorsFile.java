package dev.taxon.core.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * A safetensors file as {@link Weights}: mapped from a path, at once where it takes up to 2 GB and tensor by tensor where it
 * takes more, or held in memory where it comes from a jar. The header is validated whole on opening; each lie is a {@link CheckpointException}
 * that names file and tensor. Thread-safe. A mapping goes back to the system when the last buffer of it is collected.
 */
public final class SafetensorsFile implements Weights {
    private final String source;
    private final SafetensorsHeader header;
    private final Storage storage;

    /** Where the bytes after the header come from. */
    private interface Storage {
        ByteBuffer slice(long begin, long size) throws IOException;

        void close() throws IOException;
    }

    private SafetensorsFile(String source, SafetensorsHeader header, Storage storage) {
        this.source = source;
        this.header = header;
        this.storage = storage;
    }

    /** Opens a file; of one above 2 GB the channel stays open until {@link #close}. */
    public static SafetensorsFile open(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            try {
                return open(file.toString(), channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (NoSuchFileException e) {
            throw new CheckpointException(file + " is missing.", e);
        } catch (IOException e) {
            throw new CheckpointException(file + " cannot be read.", e);
        }
    }

    /** Reads a file already in memory; {@code bytes} is used as it is and must not change. */
    public static SafetensorsFile ofBytes(String source, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
        int length = SafetensorsHeader.checkLength(
                source, bytes.length < SafetensorsHeader.LENGTH_BYTES ? 0 : buffer.getLong(), bytes.length);
        byte[] json = new byte[length];
        buffer.get(json);
        ByteBuffer data = buffer.slice();
        SafetensorsHeader header = SafetensorsHeader.parse(source, json, data.remaining());
        return new SafetensorsFile(source, header, new AtOnce(data));
    }

    private static SafetensorsFile open(String source, FileChannel channel) throws IOException {
        ByteBuffer prefix = ByteBuffer.allocate(SafetensorsHeader.LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        readFully(channel, 0, prefix);
        int length =
                SafetensorsHeader.checkLength(source, prefix.hasRemaining() ? 0 : prefix.getLong(0), channel.size());
        byte[] json = new byte[length];
        readFully(channel, SafetensorsHeader.LENGTH_BYTES, ByteBuffer.wrap(json));
        long dataStart = SafetensorsHeader.LENGTH_BYTES + (long) length;
        SafetensorsHeader header = SafetensorsHeader.parse(source, json, channel.size() - dataStart);
        return new SafetensorsFile(source, header, mapped(channel, dataStart));
    }

    /** A process may have some 65,000 mappings, and thousands of adapters with dozens of tensors each. */
    private static Storage mapped(FileChannel channel, long dataStart) throws IOException {
        long size = channel.size() - dataStart;
        if (size > Integer.MAX_VALUE) {
            return new MappedApart(channel, dataStart);
        }
        ByteBuffer data = channel.map(FileChannel.MapMode.READ_ONLY, dataStart, size);
        channel.close();
        return new AtOnce(data);
    }

    /** Reads until the buffer is full or the file ends; what is missing remains. */
    private static void readFully(FileChannel channel, long position, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {}
    }

    /** The free strings a writer left in the header. */
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(header.metadata());
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(header.tensors().keySet());
    }

    @Override
    public TensorInfo info(String name) {
        return slot(name).info();
    }

    @Override
    public ByteBuffer bytes(String name) {
        SafetensorsHeader.Slot slot = slot(name);
        if (slot.size() > Integer.MAX_VALUE) {
            throw new CheckpointException("%s: tensor '%s' takes %d bytes; Taxon reads tensors up to 2 GB."
                    .formatted(source, name, slot.size()));
        }
        try {
            return storage.slice(slot.begin(), slot.size()).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new CheckpointException("%s: tensor '%s' cannot be read.".formatted(source, name), e);
        }
    }

    @Override
    public void close() {
        try {
            storage.close();
        } catch (IOException e) {
            throw new CheckpointException(source + " cannot be closed.", e);
        }
    }

    private SafetensorsHeader.Slot slot(String name) {
        SafetensorsHeader.Slot slot = header.tensors().get(name);
        if (slot == null) {
            throw new CheckpointException("%s has no tensor '%s'.".formatted(source, name));
        }
        return slot;
    }

    private record MappedApart(FileChannel channel, long dataStart) implements Storage {
        @Override
        public ByteBuffer slice(long begin, long size) throws IOException {
            return channel.map(FileChannel.MapMode.READ_ONLY, dataStart + begin, size);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private record AtOnce(ByteBuffer data) implements Storage {
        @Override
        public ByteBuffer slice(long begin, long size) {
            return data.slice((int) begin, (int) size);
        }

        @Override
        public void close() {}
    }
}
