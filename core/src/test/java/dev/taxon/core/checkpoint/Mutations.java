package dev.taxon.core.checkpoint;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Damage to files at random, from a fixed seed: mostly near the beginning, where headers and configurations are. */
public final class Mutations {
    private static final int NEAR = 2_000;
    private static final String[] PIECES = {
        "null",
        "1e999",
        "-1",
        "[]",
        "{}",
        "\"(a+)+$\"",
        "true",
        "9223372036854775807",
        "\\u0000",
        "F16",
        "I64",
        "99999999"
    };

    private final SplittableRandom random;

    public Mutations(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** A bit flipped, the rest cut off, what came before doubled, or a piece of JSON in the place of what stood there. */
    public byte[] of(byte[] original) {
        byte[] bytes = original.clone();
        int place = random.nextInt(Math.min(bytes.length, random.nextBoolean() ? NEAR : bytes.length));
        switch (random.nextInt(4)) {
            case 0 -> bytes[place] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes = Arrays.copyOf(bytes, place);
            case 2 -> bytes = joined(Arrays.copyOf(bytes, place), bytes);
            default -> {
                byte[] piece = PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8);
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
