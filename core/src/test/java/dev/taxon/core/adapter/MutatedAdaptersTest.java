package dev.taxon.core.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.CheckpointException;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.core.checkpoint.OracleFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adapter folders come from strangers: what is damaged is refused with a reason, and never in another way. */
class MutatedAdaptersTest {
    private static final int ROUNDS = Integer.getInteger("taxon.mutations", 300);
    private static final String[] PIECES = {
        "null", "1e999", "-1", "[]", "{}", "\"(a+)+$\"", "true", "9223372036854775807", "\\u0000", "F16", "I64"
    };

    @TempDir
    Path folder;

    @Test
    void damagedFoldersAreRefusedWithAReason() throws IOException {
        Path whole = OracleFolders.adapter(OracleFolders.SIMPLE_FIRST, "rank-pattern");
        byte[] config = Files.readAllBytes(whole.resolve(AdapterFolder.CONFIG));
        byte[] weights = Files.readAllBytes(whole.resolve(AdapterFolder.WEIGHTS));
        SplittableRandom random = new SplittableRandom(5);
        AdapterFolder reader = reader();
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            boolean configurations = round % 2 == 0;
            Files.write(folder.resolve(AdapterFolder.CONFIG), configurations ? mutated(config, random) : config);
            Files.write(folder.resolve(AdapterFolder.WEIGHTS), configurations ? weights : mutated(weights, random));
            refused += refuses(reader, round);
        }
        assertThat(refused).isBetween(ROUNDS / 10, ROUNDS);
    }

    private int refuses(AdapterFolder reader, int round) {
        try {
            assertThat(reader.read(folder).digest()).hasSize(64);
            return 0;
        } catch (CheckpointException refusal) {
            assertThat(refusal.getMessage()).isNotBlank().hasSizeLessThan(1_000);
            return 1;
        } catch (RuntimeException other) {
            return fail("round " + round + " ends in another error", other);
        }
    }

    private static AdapterFolder reader() {
        try (Checkpoint checkpoint = Checkpoints.open(OracleFolders.path(OracleFolders.SIMPLE_FIRST))) {
            return new AdapterFolder(checkpoint.config(), HeadWeights.of(checkpoint), "base");
        }
    }

    /** Bytes flipped, cut off, doubled or replaced by a piece of JSON, mostly near the beginning, where headers are. */
    private static byte[] mutated(byte[] original, SplittableRandom random) {
        byte[] bytes = original.clone();
        int place = random.nextInt(Math.min(bytes.length, random.nextBoolean() ? 2_000 : bytes.length));
        switch (random.nextInt(4)) {
            case 0 -> bytes[place] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes = Arrays.copyOf(bytes, place);
            case 2 -> bytes = joined(Arrays.copyOf(bytes, place), bytes);
            default -> {
                byte[] piece = PIECES[random.nextInt(PIECES.length)].getBytes(java.nio.charset.StandardCharsets.UTF_8);
                System.arraycopy(piece, 0, bytes, place, Math.min(piece.length, bytes.length - place));
            }
        }
        return bytes;
    }

    private static byte[] joined(byte[] left, byte[] right) {
        byte[] both = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, both, left.length, right.length);
        return both;
    }
}
