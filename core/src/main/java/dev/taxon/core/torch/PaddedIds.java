package dev.taxon.core.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.taxon.core.prompt.TokenIds;
import java.util.Arrays;
import java.util.List;

/** Sequences of token ids as one rectangle [rows, width], padded at their ends, and their lengths [rows]. */
public final class PaddedIds {
    private final int rows;
    private final int width;
    private final long[] ids;
    private final long[] lengths;

    private PaddedIds(int rows, int width, long[] ids, long[] lengths) {
        this.rows = rows;
        this.width = width;
        this.ids = ids;
        this.lengths = lengths;
    }

    /** Pads every sequence to the longest. */
    public static PaddedIds of(List<TokenIds> sequences, int padToken) {
        int rows = sequences.size();
        int width = sequences.stream().mapToInt(TokenIds::length).max().orElse(0);
        long[] ids = new long[rows * width];
        long[] lengths = new long[rows];
        Arrays.fill(ids, padToken);
        for (int row = 0; row < rows; row++) {
            sequences.get(row).copyTo(ids, row * width);
            lengths[row] = sequences.get(row).length();
        }
        return new PaddedIds(rows, width, ids, lengths);
    }

    /** int64 [rows, width], owned by the manager. */
    public NDArray ids(NDManager manager) {
        return manager.create(ids, new Shape(rows, width));
    }

    /** int64 [rows], owned by the manager. */
    public NDArray lengths(NDManager manager) {
        return manager.create(lengths, new Shape(rows));
    }
}
