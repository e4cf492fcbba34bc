package dev.taxon.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage at random: a damaged file is refused or still whole, and costs no memory that it does not hold. */
class MutatedHeadersTest {
    private static final int TRIES = 600;
    /** Parsing objects per byte of header, and the readers' fixed buffers. */
    private static final long ALLOWANCE = 2_000_000;
    /** Holding the file once more, and what AssertJ needs for a comparison. */
    private static final long COMPARING = 50_000_000;

    private final Random random = new Random(20_261_123);

    @Test
    void everyMutationLoadsOrIsRefused() throws IOException {
        mutate(TRIES);
    }

    /** Reading beyond a mapped file's end would end the process, so every byte is read. */
    @Test
    void aMappedFileIsReadAsItsBytesAre(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("mutated.safetensors");
        mutate(TRIES / 4, COMPARING, bytes -> {
            Files.write(file, bytes);
            SafetensorsFile mapped = SafetensorsFile.open(file);
            SafetensorsFile held = SafetensorsFile.ofBytes("mutated", bytes);
            assertThat(mapped.names())
                    .allSatisfy(name -> assertThat(mapped.bytes(name)).isEqualTo(held.bytes(name)));
            return mapped;
        });
    }

    @Test
    @Tag("soak")
    void soDoManyMore() throws IOException {
        mutate(20_000);
    }

    private void mutate(int tries) throws IOException {
        mutate(tries, ALLOWANCE, bytes -> SafetensorsFile.ofBytes("mutated", bytes));
    }

    /** How a file is opened, from its bytes. */
    private interface Opener {
        SafetensorsFile open(byte[] bytes) throws IOException;
    }

    private void mutate(int tries, long allowance, Opener opener) throws IOException {
        byte[] original = Files.readAllBytes(
                OracleFolders.path(OracleFolders.SIMPLE_FIRST).resolve("model.safetensors"));
        int headerEnd = 8
                + (int) ByteBuffer.wrap(original).order(ByteOrder.LITTLE_ENDIAN).getLong();
        int refused = 0;
        for (int i = 0; i < tries; i++) {
            byte[] mutated = mutate(original.clone(), headerEnd);
            long before = allocated();
            refused += isRefused(mutated, opener) ? 1 : 0;
            assertThat(allocated() - before).as("mutation %d", i).isLessThan(mutated.length + allowance);
        }
        assertThat(refused).isGreaterThan(tries / 2);
    }

    /** True when it ends in the one exception it may end in; any other fails the test. */
    private static boolean isRefused(byte[] bytes, Opener opener) throws IOException {
        try (SafetensorsFile weights = opener.open(bytes)) {
            long total = 0;
            for (String name : weights.names()) {
                total += weights.bytes(name).remaining();
            }
            assertThat(total).isLessThan(bytes.length);
            return false;
        } catch (CheckpointException e) {
            assertThat(e).hasMessageContaining("mutated");
            return true;
        }
    }

    private byte[] mutate(byte[] bytes, int headerEnd) {
        switch (random.nextInt(6)) {
            case 0 -> bytes[random.nextInt(8)] = (byte) random.nextInt(256);
            case 1 -> bytes[8 + random.nextInt(headerEnd - 8)] = (byte) random.nextInt(256);
            case 2 -> digits(bytes, headerEnd);
            case 3 -> swap(bytes, headerEnd);
            case 4 -> {
                return Arrays.copyOf(bytes, random.nextInt(bytes.length));
            }
            default -> random.nextBytes(bytes);
        }
        return bytes;
    }

    /** Other digits in the header: shapes and offsets that lie. */
    private void digits(byte[] bytes, int headerEnd) {
        for (int changes = 1 + random.nextInt(4); changes > 0; ) {
            int at = 8 + random.nextInt(headerEnd - 8);
            if (Character.isDigit(bytes[at])) {
                bytes[at] = (byte) ('0' + random.nextInt(10));
                changes--;
            }
        }
    }

    /** Two stretches of the header change places. */
    private void swap(byte[] bytes, int headerEnd) {
        int length = 1 + random.nextInt(60);
        int from = 8 + random.nextInt(headerEnd - 8 - length);
        int to = 8 + random.nextInt(headerEnd - 8 - length);
        byte[] stretch = Arrays.copyOfRange(bytes, from, from + length);
        System.arraycopy(bytes, to, bytes, from, length);
        System.arraycopy(stretch, 0, bytes, to, length);
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
